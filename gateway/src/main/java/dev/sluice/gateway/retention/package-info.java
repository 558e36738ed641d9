/**
 * Ends what has been kept for long enough: first what is still owed of old events, with a reason that can be seen, then the
 * days themselves.
 *
 * <p>Promises: nothing goes before its time, no day goes while anything is owed of it, and neither takes a lock that intake
 * would wait for.
 */
@NullMarked
package dev.sluice.gateway.retention;

import org.jspecify.annotations.NullMarked;
