package dev.sluice.gateway.delivery.egress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/** The lanes of the endpoints that were called lately; bounded, the least used are forgotten first. */
public final class Lanes {
    private static final int LANES_MAX = 20_000;
    private static final Duration UNUSED_MAX = Duration.ofMinutes(15);
    private static final int WINDOW_CALLS = 20;
    private static final int CALLS_BEFORE_OPENING = 10;
    private static final int PROBES = 2;
    private static final float FAILURES_PERCENT = 50;

    private final Cache<Long, Lane> lanes = Caffeine.newBuilder()
            .maximumSize(LANES_MAX)
            .expireAfterAccess(UNUSED_MAX)
            .build();
    private final LaneLimits limits;
    private final CircuitBreakerConfig breaker;

    public Lanes(LaneLimits limits) {
        this.limits = limits;
        this.breaker = CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW_CALLS, CALLS_BEFORE_OPENING, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURES_PERCENT)
                .waitDurationInOpenState(limits.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .recordResult(result -> result instanceof Answer answer && !answer.isSuccess())
                // A call that was not made says nothing about the endpoint.
                .ignoreException(error -> !FailureCause.of(error).isAttempt())
                .writableStackTraceEnabled(false)
                .build();
    }

    /** The endpoint's lane. */
    public Lane of(long endpointId) {
        return lanes.get(endpointId, this::open);
    }

    /** The endpoint's row says that it is called: closes the breaker of its lane, if it has one. */
    public void closeBreaker(long endpointId) {
        Lane lane = lanes.getIfPresent(endpointId);
        if (lane != null) {
            lane.closeBreaker();
        }
    }

    private Lane open(long endpointId) {
        return new Lane(limits, CircuitBreaker.of(String.valueOf(endpointId), breaker));
    }

    /** Sends away all who wait. */
    public void sendAwayAll() {
        expire(System.nanoTime() + limits.patience().toNanos());
    }

    private void expire(long nowNanos) {
        lanes.asMap().values().forEach(lane -> lane.expire(nowNanos));
    }

    /** Sends away who has waited too long, on any lane. To be called about every second. */
    public void expireWaiting() {
        expire(System.nanoTime());
    }
}
