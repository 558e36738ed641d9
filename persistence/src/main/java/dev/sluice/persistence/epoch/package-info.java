/**
 * Which node is alive, and what a dead one left behind.
 *
 * <p>A run of a node is an epoch. It beats; its low watermark is the time from which on something it committed may not be
 * accounted for. When it dies another node (or its own next run) closes its fence, so that nothing more can be committed
 * in it, and turns what is not accounted for into owed deliveries.
 */
@NullMarked
package dev.sluice.persistence.epoch;

import org.jspecify.annotations.NullMarked;
