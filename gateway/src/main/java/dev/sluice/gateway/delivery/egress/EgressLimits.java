package dev.sluice.gateway.delivery.egress;

import java.time.Duration;

/**
 * What a callback may cost.
 *
 * @param timeout within which the status line must have come, the connection's opening included; above 0
 * @param connectTimeout for opening a connection, TLS left out; above 0
 * @param connectionsMax at once to one address and port, at least 1
 */
public record EgressLimits(Duration timeout, Duration connectTimeout, int connectionsMax) {}
