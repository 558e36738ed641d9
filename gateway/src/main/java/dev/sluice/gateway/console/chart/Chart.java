package dev.sluice.gateway.console.chart;

import java.util.List;
import java.util.stream.Stream;

/**
 * A chart as the template {@code chart} draws it.
 *
 * @param label what it shows, in words, for who cannot see it
 * @param width the last place on the way to the right
 */
public record Chart(String label, int width, List<Curve> curves) {
    /** What all lines are below when all values are 0. */
    private static final double LOWEST_TOP = 1;

    /**
     * Draws series of equal length over each other, all on the same scale.
     *
     * @param label see above
     */
    public static Chart of(String label, Series... series) {
        double highest = Math.max(
                LOWEST_TOP,
                Stream.of(series)
                        .flatMap(each -> each.values().stream())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(LOWEST_TOP));
        return new Chart(
                label,
                series[0].values().size() - 1,
                Stream.of(series).map(each -> Curve.of(each, highest)).toList());
    }
}
