/**
 * A real PostgreSQL that comes with the gateway, for the first five minutes and for tests: unpacked, initialised, started,
 * watched and stopped here. It holds its directory alone, keeps its port while the JVM lives, and comes back when killed.
 * All of it blocks, so it runs before readiness, after the drain, or on the watch's own thread.
 */
@NullMarked
package dev.sluice.persistence.embedded;

import org.jspecify.annotations.NullMarked;
