/**
 * What an operator sees that no single package knows: how the logs commit, how much all nodes owe together, whether the
 * database is prepared for tomorrow. Meters of webhooks and attempts are counted where they happen.
 */
@NullMarked
package dev.sluice.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
