package dev.sluice.gateway.account;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of requests in a time, for one organization: each request moves the time at which all allowed so far would have
 * been used up evenly, and none may move it further ahead than the burst.
 */
public final class Allowance {
    private final long intervalNanos;
    private final long aheadMaxNanos;
    private final AtomicLong usedUpAt;

    /**
     * @param perSecond on average
     * @param burst at once
     * @param now nano time
     */
    public Allowance(int perSecond, int burst, long now) {
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.aheadMaxNanos = intervalNanos * burst;
        this.usedUpAt = new AtomicLong(now);
    }

    /**
     * Takes one request's share.
     *
     * @param now nano time
     * @return 0 when it is allowed, else the nanoseconds until one will be
     */
    public long take(long now) {
        while (true) {
            long before = usedUpAt.get();
            long after = (before - now > 0 ? before : now) + intervalNanos;
            long tooFar = after - now - aheadMaxNanos;
            if (tooFar > 0) {
                return tooFar;
            }
            if (usedUpAt.compareAndSet(before, after)) {
                return 0;
            }
        }
    }
}
