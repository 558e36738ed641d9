/**
 * What benchmark and fault tests are made of: the gateway, PostgreSQL, a load generator and a receiver, each a process of
 * its own where it matters, and a record of every id outside the gateway. Plain sockets, so that a fault in the stack
 * under test cannot hide itself in the instrument.
 */
@NullMarked
package dev.sluice.gateway.rig;

import org.jspecify.annotations.NullMarked;
