package dev.sluice.gateway.console.chart;

import java.util.List;

/**
 * What one line of a chart shows.
 *
 * @param tone its colour: empty for the usual one, {@code good}, {@code warn} or {@code bad}
 * @param filled whether what is below it is filled
 * @param values at least two, none negative
 */
public record Series(String tone, boolean filled, List<Double> values) {
    public Series {
        values = List.copyOf(values);
    }
}
