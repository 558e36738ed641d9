package dev.sluice.gateway.delivery;

import java.time.Duration;

/**
 * How long claims hold, and how much of that is left to begin an attempt in.
 *
 * @param timeout of one call
 */
record Leases(Duration timeout) {
    /** For how long a claim outlasts the call that it is for: reading the event, writing the outcome. */
    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(15);

    /** Of that, what is kept for writing the outcome. */
    private static final Duration OUTCOME_WRITTEN = Duration.ofSeconds(5);

    /** Longer than any attempt. */
    Duration lease() {
        return timeout.plus(BEYOND_TIMEOUT);
    }

    /**
     * Until when the attempt has to begin.
     *
     * @param claimedNanos when the claim was asked for, which is no later than when it began
     */
    long beginUntil(long claimedNanos) {
        return claimedNanos + BEYOND_TIMEOUT.minus(OUTCOME_WRITTEN).toNanos();
    }
}
