/**
 * HTTP to callbacks: one client with limits on everything, the guard of addresses, and a lane per endpoint that says how
 * many calls at once, who waits, and whether calling is worth it now.
 *
 * <p>Promises: no redirect is followed, no proxy is used, no answer holds a connection beyond the timeout or memory beyond
 * 16 KB, nothing that comes beyond an answer counts as the next one, and whoever cancels leaves no connection behind.
 */
@NullMarked
package dev.sluice.gateway.delivery.egress;

import org.jspecify.annotations.NullMarked;
