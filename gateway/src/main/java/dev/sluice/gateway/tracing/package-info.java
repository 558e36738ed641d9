/**
 * Traces of webhooks: one span from a webhook's arrival to its commit, one for each attempt, and {@code traceparent} handed
 * on to the callback. A trace's ids follow from the event's and the delivery's, so nothing is stored for it, and any node
 * goes on with it, hours later too. Off unless a collector is named; then nothing here runs, and no class of OpenTelemetry
 * is loaded.
 */
@NullMarked
package dev.sluice.gateway.tracing;

import org.jspecify.annotations.NullMarked;
