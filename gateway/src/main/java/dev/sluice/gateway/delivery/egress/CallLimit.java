package dev.sluice.gateway.delivery.egress;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls there may be at once. It can be set below the number there are now: nobody waits until those have ended, but
 * each that ends takes its place with it until they are few enough.
 *
 * <p>Safe for use from many threads.
 */
final class CallLimit {
    private final Bulkhead bulkhead;
    /** Places that are taken and too many. */
    private final AtomicInteger surplus = new AtomicInteger();

    private int most;

    /** @param most 0 or more */
    CallLimit(int most) {
        this.most = most;
        this.bulkhead = Bulkhead.of(
                "calls",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(most)
                        .maxWaitDuration(Duration.ZERO)
                        .fairCallHandlingStrategyEnabled(false)
                        .build());
    }

    /** Takes a place, if there is one. */
    boolean tryTake() {
        return bulkhead.tryAcquirePermission();
    }

    /** Gives a place back. */
    void giveBack() {
        if (!dropSurplus()) {
            bulkhead.releasePermission();
        }
    }

    /** Whether no place is left. */
    boolean isFull() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() == 0;
    }

    /** Whether more places are taken than there may be. */
    boolean isExceeded() {
        return surplus.get() > 0;
    }

    /** Not by resilience4j's own {@code changeConfig}: on whatever thread that is asked, it waits for calls to end. */
    synchronized void changeTo(int calls) {
        int before = most;
        most = calls;
        for (int place = calls; place < before; place++) {
            if (!tryTake()) {
                surplus.incrementAndGet();
            }
        }
        for (int place = before; place < calls; place++) {
            giveBack();
        }
    }

    private boolean dropSurplus() {
        return surplus.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
