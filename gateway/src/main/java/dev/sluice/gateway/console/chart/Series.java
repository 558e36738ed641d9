package dev.sluice.gateway.console.chart;

import java.util.List;

/**
 * What one line of a chart shows.
 *
 * @param name what is counted, for the legend
 * @param sum what it comes to in all, as the legend shows it; empty for nothing
 * @param tone its colour: empty for the usual one, {@code good}, {@code warn} or {@code bad}
 * @param filled whether what is below it is filled; a line that is not is dashed, so that no colour has to be told from another
 * @param values at least two, none negative
 */
public record Series(String name, String sum, String tone, boolean filled, List<Double> values) {
    public Series {
        values = List.copyOf(values);
    }
}
