package dev.sluice.gateway.console.endpoint;

import dev.sluice.gateway.console.chart.Chart;
import dev.sluice.gateway.console.chart.LastHour;
import dev.sluice.gateway.console.chart.Series;
import dev.sluice.gateway.console.chart.Words;
import dev.sluice.persistence.figures.AttemptFigures;
import java.time.Instant;
import java.util.Map;

/**
 * How an endpoint did in the last hour.
 *
 * @param success which part of its attempts succeeded; empty when none was made
 * @param attempts how many there were
 * @param half how long half of them took at most; empty when there was none
 * @param nearlyAll the same of 99 %
 * @param chart attempts by the minute, and those that failed
 */
record Health(String success, String attempts, String half, String nearlyAll, Chart chart) {
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;

    static Health of(LastHour hour, Map<Instant, AttemptFigures> minutes) {
        AttemptFigures all = minutes.values().stream().reduce(AttemptFigures.NONE, AttemptFigures::and);
        return new Health(
                all.attempts() == 0 ? "" : Words.percent(all.succeeded(), all.attempts()),
                Words.some(all.attempts(), "attempt"),
                took(all, HALF),
                took(all, NEARLY_ALL),
                Chart.of(
                        "Attempts by the minute of the last hour: " + Words.number(all.attempts()) + ", of which "
                                + Words.number(all.failed()) + " failed",
                        Chart::perMinute,
                        new Series(
                                "attempts",
                                Words.number(all.attempts()),
                                "",
                                true,
                                hour.values(minutes, AttemptFigures::attempts)),
                        new Series(
                                "failed",
                                Words.number(all.failed()),
                                "bad",
                                false,
                                hour.values(minutes, AttemptFigures::failed))));
    }

    private static String took(AttemptFigures figures, double part) {
        return figures.percentile(part).map(Words::took).orElse("");
    }

    /** Whether any attempt was made. */
    public boolean known() {
        return !success.isEmpty();
    }
}
