/**
 * Sending again on demand: one event at once, or all that a filter finds, by a job that can be watched and stopped.
 *
 * <p>A delivery that is made again keeps its id, so a receiver can tell it from a new one. Only what is over or waits is
 * made again; what is under way is left alone, so nothing is sent twice for having been asked for twice.
 */
@NullMarked
package dev.sluice.gateway.redelivery;

import org.jspecify.annotations.NullMarked;
