package dev.sluice.gateway.console.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line of a chart, as the template draws it.
 *
 * @param name what it shows, for the legend
 * @param sum what it comes to in all; empty for nothing
 * @param tone its colour
 * @param line the path of the line; empty for one that is not filled and has nothing to show
 * @param area the path of what is below it; empty when that is not filled
 */
public record Curve(String name, String sum, String tone, String line, String area) {
    private static final double HEIGHT = 100;

    static Curve of(Series series, double highest) {
        boolean nothing = series.values().stream().allMatch(value -> value == 0);
        String line = nothing && !series.filled() ? "" : "M" + path(series.values(), highest);
        return new Curve(
                series.name(),
                series.sum(),
                series.tone(),
                line,
                series.filled()
                        ? line + "L" + (series.values().size() - 1) + "," + (int) HEIGHT + "L0," + (int) HEIGHT + "Z"
                        : "");
    }

    /** Whether it is drawn dashed, because nothing is filled below it. */
    public boolean dashed() {
        return area.isEmpty();
    }

    /** Places from left to right; the highest is at the top. */
    private static String path(List<Double> values, double highest) {
        return IntStream.range(0, values.size())
                .mapToObj(place ->
                        place + "," + String.format(Locale.ROOT, "%.1f", HEIGHT - HEIGHT * values.get(place) / highest))
                .collect(Collectors.joining("L"));
    }
}
