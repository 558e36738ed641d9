package dev.sluice.gateway.delivery.egress;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/**
 * How many calls a second one endpoint may get from this node. A quarter is kept for owed deliveries, which may use what
 * first attempts leave, too. (Below four a second, only that.)
 */
final class Pace {
    private static final int OWED_SHARE = 4;

    private final int perSecond;
    private final RateLimiter firstAttempts;
    private final RateLimiter owed;

    /** @param perSecond at least 1 */
    Pace(int perSecond) {
        this.perSecond = perSecond;
        int kept = perSecond / OWED_SHARE;
        this.firstAttempts = RateLimiter.of("first-attempts", calls(perSecond - kept));
        // Where nothing is kept there is no second limiter: owed deliveries share the first.
        this.owed = kept == 0 ? firstAttempts : RateLimiter.of("owed", calls(kept));
    }

    private static RateLimiterConfig calls(int perSecond) {
        return RateLimiterConfig.custom()
                .limitForPeriod(perSecond)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
    }

    int perSecond() {
        return perSecond;
    }

    /** Takes the right to a first attempt now, if there is one. */
    boolean tryFirst() {
        return firstAttempts.acquirePermission();
    }

    /** Takes the right to an owed delivery's attempt now, if there is one. */
    boolean tryOwed() {
        return owed.acquirePermission() || (owed != firstAttempts && firstAttempts.acquirePermission());
    }

    /** How many owed deliveries could be attempted now. */
    int leftForOwed() {
        int left = owed.getMetrics().getAvailablePermissions();
        return owed == firstAttempts ? left : left + firstAttempts.getMetrics().getAvailablePermissions();
    }
}
