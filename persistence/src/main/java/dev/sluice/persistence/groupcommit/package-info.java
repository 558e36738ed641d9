/**
 * Group commit: whoever waits is taken into the next transaction, so that a commit's cost is shared.
 *
 * <p>No timer decides: while one group commits, the next one gathers. A member that PostgreSQL refuses fails alone, because
 * its group is split and tried again. A COMMIT whose answer never came is resolved before anything is said about it.
 */
@NullMarked
package dev.sluice.persistence.groupcommit;

import org.jspecify.annotations.NullMarked;
