/**
 * The senders and receivers of benchmark and fault tests: webhooks that carry an id, a load generator, and a callback that
 * finds the id again, in the tests' process or in one of their own. Plain sockets, so that a fault in the stack under test
 * cannot hide itself in the instrument.
 */
@NullMarked
package dev.sluice.gateway.rig.traffic;

import org.jspecify.annotations.NullMarked;
