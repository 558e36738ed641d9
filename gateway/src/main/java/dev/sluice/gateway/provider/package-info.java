/**
 * Calls to providers: where each can be reached from this installation, and one client with limits on everything.
 *
 * <p>Promises: no redirect is followed, no call is repeated, no answer takes longer than its limit or more than 256 KB, and
 * no address in a private network is reached unless the operator has named it in {@code sluice.elements}. What a request
 * holds is never logged.
 */
@NullMarked
package dev.sluice.gateway.provider;

import org.jspecify.annotations.NullMarked;
