package dev.sluice.gateway.delivery.egress;

import java.time.Duration;

/**
 * How much one endpoint gets.
 *
 * @param concurrency calls at once, at least 1
 * @param waitingMax first attempts that wait for their turn in memory, 0 or more
 * @param waitingBytesMax what those that wait may hold in memory, 0 or more
 * @param patience how long one waits at most
 * @param breakerOpen how long a breaker that opened lets nothing through; above 0
 */
public record LaneLimits(
        int concurrency, int waitingMax, long waitingBytesMax, Duration patience, Duration breakerOpen) {}
