package dev.sluice.gateway.console.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * A chart as the template {@code chart} draws it.
 *
 * @param label what it shows, in words, for who cannot see it
 * @param top what the highest place on it stands for; empty when all values are 0
 * @param width the last place on the way to the right
 */
public record Chart(String label, String top, int width, List<Curve> curves) {
    /** What all lines are below when all values are 0. */
    private static final double LOWEST_TOP = 1;

    /**
     * Draws series of equal length over each other, all on the same scale.
     *
     * @param label see above
     * @param words says a value
     */
    public static Chart of(String label, DoubleFunction<String> words, Series... series) {
        double most = Stream.of(series)
                .flatMap(each -> each.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return new Chart(
                label,
                most > 0 ? words.apply(most) : "",
                series[0].values().size() - 1,
                Stream.of(series)
                        .map(each -> Curve.of(each, Math.max(LOWEST_TOP, most)))
                        .toList());
    }

    /** Says a number of things that happened within a minute. */
    public static String perMinute(double value) {
        return Words.number(Math.round(value)) + " a minute";
    }
}
