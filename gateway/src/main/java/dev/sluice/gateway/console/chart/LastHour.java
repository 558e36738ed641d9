package dev.sluice.gateway.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The minute that is and the 59 before it.
 *
 * @param first the beginning of the first of them
 */
public record LastHour(Instant first) {
    /** How many minutes it has. */
    public static final int MINUTES = 60;

    /** The hour up to that time. */
    public static LastHour until(Instant now) {
        return new LastHour(now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(MINUTES - 1L)));
    }

    /** Where the minute after the last begins. */
    public Instant end() {
        return first.plus(Duration.ofMinutes(MINUTES));
    }

    /**
     * A value for each minute, 0 where there is none.
     *
     * @param byMinute by the minute's beginning; others are left out
     */
    public <T> List<Double> values(Map<Instant, T> byMinute, ToDoubleFunction<T> value) {
        Double[] values = new Double[MINUTES];
        Arrays.setAll(values, minute -> {
            T there = byMinute.get(first.plus(Duration.ofMinutes(minute)));
            return there == null ? 0.0 : value.applyAsDouble(there);
        });
        return List.of(values);
    }
}
