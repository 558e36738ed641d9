package dev.sluice.persistence.figures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a number of attempts came to.
 *
 * @param attempts how many were made
 * @param succeeded how many of them the callback answered with success
 * @param durations how many took how long, by slots of a fixed scale
 */
public record AttemptFigures(long attempts, long succeeded, List<Long> durations) {
    /** No attempt. */
    public static final AttemptFigures NONE = new AttemptFigures(0, 0, List.of());

    private static final double NANOS_A_MILLI = 1_000_000;

    public AttemptFigures {
        durations = List.copyOf(durations);
    }

    /** One attempt. */
    public static AttemptFigures of(boolean succeeded, Duration duration) {
        int slot = DurationScale.slot(duration);
        return new AttemptFigures(
                1,
                succeeded ? 1 : 0,
                IntStream.rangeClosed(0, slot)
                        .mapToObj(each -> each == slot ? 1L : 0L)
                        .toList());
    }

    /** How many did not succeed. */
    public long failed() {
        return attempts - succeeded;
    }

    /** These and others. */
    public AttemptFigures and(AttemptFigures other) {
        int slots = Math.max(durations.size(), other.durations.size());
        return new AttemptFigures(
                attempts + other.attempts,
                succeeded + other.succeeded,
                IntStream.range(0, slots)
                        .mapToObj(slot -> count(slot) + other.count(slot))
                        .toList());
    }

    private long count(int slot) {
        return slot < durations.size() ? durations.get(slot) : 0;
    }

    /**
     * How long that part of the attempts took at most, right to a fifth.
     *
     * @param part as in 0.99, above 0 and at most 1
     * @return empty where no attempt was made
     */
    public Optional<Duration> percentile(double part) {
        long all = durations.stream().mapToLong(Long::longValue).sum();
        double left = all * part;
        for (int slot = 0; slot < durations.size(); slot++) {
            long here = durations.get(slot);
            if (here > 0 && left <= here) {
                double begin = DurationScale.beginMillis(slot);
                double millis = begin + (DurationScale.endMillis(slot) - begin) * left / here;
                return Optional.of(Duration.ofNanos((long) (millis * NANOS_A_MILLI)));
            }
            left -= here;
        }
        return Optional.empty();
    }
}
