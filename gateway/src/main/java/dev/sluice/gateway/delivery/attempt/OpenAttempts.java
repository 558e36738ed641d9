package dev.sluice.gateway.delivery.attempt;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Attempts that this node has begun and whose outcome is not written yet, counted by the second in which they began: which
 * costs an attempt two additions.
 */
public final class OpenAttempts {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConcurrentSkipListMap<Long, LongAdder> bySecond = new ConcurrentSkipListMap<>();
    private final LongAdder refused = new LongAdder();
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final long beganNanos;

    /** @param longest after which the outcome of an attempt should have been written */
    public OpenAttempts(Duration longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
    }

    private long second() {
        return (nanoTime.getAsLong() - beganNanos) / SECOND_NANOS;
    }

    /** An attempt begins; whoever gets this ends it, once. */
    public Runnable begin() {
        LongAdder open = bySecond.computeIfAbsent(second(), fresh -> new LongAdder());
        open.increment();
        return open::decrement;
    }

    /** The database refused to take down what became of a delivery. */
    public void refused() {
        refused.increment();
    }

    /** After which the outcome of an attempt should have been written. */
    public Duration longest() {
        return longest;
    }

    /** How many attempts began longer ago, and have no outcome; and how many never will have one. */
    public long withoutOutcome() {
        // The second of an attempt that is just old enough has to be over.
        var old = bySecond.headMap(second() - longest.toSeconds(), false);
        old.values().removeIf(open -> open.sum() == 0);
        return refused.sum() + old.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
