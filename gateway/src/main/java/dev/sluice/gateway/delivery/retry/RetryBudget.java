package dev.sluice.gateway.delivery.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many attempts a failing endpoint may get from a delivery's second on: one for every four first ones, which is a fifth of
 * its traffic, and one a second, so that one without other traffic is not forgotten. What is not used is saved, up to a limit.
 *
 * <p>Safe for use from many threads. It may be overdrawn by those who ask at once, and pays that back.
 */
public final class RetryBudget {
    private static final int FIRST_ATTEMPTS_A_REPEAT = 4;
    private static final int SAVED_MAX = 100 * FIRST_ATTEMPTS_A_REPEAT;
    private static final long REPEAT_NANOS = Duration.ofSeconds(1).toNanos();

    /** In first attempts: four are a repeat. */
    private final AtomicInteger saved = new AtomicInteger();

    private final AtomicLong paidUntilNanos;

    /** @param nowNanos nano time from which on a repeat a second is saved */
    public RetryBudget(long nowNanos) {
        this.paidUntilNanos = new AtomicLong(nowNanos);
    }

    /** A first attempt was made. */
    public void earn() {
        if (saved.get() < SAVED_MAX) {
            saved.incrementAndGet();
        }
    }

    /** A repeat was made. */
    public void spend() {
        saved.addAndGet(-FIRST_ATTEMPTS_A_REPEAT);
    }

    /** How many repeats may be made now, 0 or more. */
    public int available(long nowNanos) {
        long paid = paidUntilNanos.get();
        long due = (nowNanos - paid) / REPEAT_NANOS;
        if (due > 0 && paidUntilNanos.compareAndSet(paid, paid + due * REPEAT_NANOS)) {
            saved.accumulateAndGet(
                    (int) Math.min(due, SAVED_MAX) * FIRST_ATTEMPTS_A_REPEAT,
                    (before, more) -> Math.min(before + more, SAVED_MAX));
        }
        return Math.max(saved.get(), 0) / FIRST_ATTEMPTS_A_REPEAT;
    }
}
