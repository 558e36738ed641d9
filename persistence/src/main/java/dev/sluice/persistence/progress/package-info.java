/**
 * How far events have come: the rows that lists are searched by, and the counts by the minute.
 *
 * <p>Both are written in the transaction that writes what happened, under the epoch's fence, and never by intake. Knows
 * events by their bare ids, because the recovery of an epoch, on which all else rests, writes here too.
 */
@NullMarked
package dev.sluice.persistence.progress;

import org.jspecify.annotations.NullMarked;
