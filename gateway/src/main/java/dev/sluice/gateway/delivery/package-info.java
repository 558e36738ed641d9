/**
 * One attempt to one endpoint: take, sign, send, record, decide the next step.
 *
 * <p>First attempts run from memory right after the commit; what does not succeed there becomes an owed delivery, which any
 * node claims under a lease when it is due. Every delivery ends delivered, owed, or given up with a reason that can be
 * seen. No connection to the database is held while a callback is called.
 */
@NullMarked
package dev.sluice.gateway.delivery;

import org.jspecify.annotations.NullMarked;
