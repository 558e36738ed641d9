/**
 * Lists at their full size: one organization with 100,000 instances and 10 million events of a week, each form of list asked
 * for over HTTP. {@code mvn -q -Pscale verify}; PostgreSQL is the embedded one unless
 * {@code -Dsluice.bench.postgres=<bin directory or version>} says otherwise. The rows are made once, in minutes, below
 * {@code target/scale}, and found there by the next run: {@code -Dsluice.scale.measure=false} makes them and stops.
 * {@code -Dsluice.scale.events=100000} and {@code -Dsluice.scale.instances=2000} make it smaller,
 * {@code -Dsluice.scale.only=count} measures those forms alone whose name has that in it.
 */
@NullMarked
package dev.sluice.gateway.scale;

import org.jspecify.annotations.NullMarked;
