/**
 * The hot path, measured in one run on the machine it is started on: what a bare handler does, what verifying costs, what
 * durability costs, and what arrives at the callback. {@code mvn -q -Pbench verify}; PostgreSQL is the embedded one unless
 * {@code -Dsluice.bench.database-url=postgresql://…} or {@code -Dsluice.bench.postgres=<bin directory or version>} says
 * otherwise. {@code -Dsluice.bench.gateway-options="-XX:StartFlightRecording=…"} adds to the gateway's JVM,
 * {@code -Dsluice.bench.scale=0.3} makes all parts shorter.
 */
@NullMarked
package dev.sluice.gateway.benchmark;

import org.jspecify.annotations.NullMarked;
