/**
 * Whether endpoints are called now: breakers that stand in the endpoints' rows, one probe at a time over all nodes, and the
 * release of what was parked meanwhile.
 *
 * <p>No transaction is held while a callback is called: whoever probes or releases holds the row under a lease with a
 * generation, by the database's clock.
 */
@NullMarked
package dev.sluice.persistence.endpoint;

import org.jspecify.annotations.NullMarked;
