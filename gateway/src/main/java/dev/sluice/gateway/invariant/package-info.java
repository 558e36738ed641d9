/**
 * What must never be, in three numbers that read 0: due deliveries that nobody claims, committed ones that are not accounted
 * for, attempts whose outcome is not written.
 *
 * <p>Promises: a reading costs the same however long the log is, and a number that is not 0 names something to look at.
 */
@NullMarked
package dev.sluice.gateway.invariant;

import org.jspecify.annotations.NullMarked;
