package dev.sluice.gateway.console.overview;

import dev.sluice.gateway.console.chart.Chart;
import dev.sluice.gateway.console.chart.LastHour;
import dev.sluice.gateway.console.chart.Series;
import dev.sluice.gateway.console.chart.Words;
import dev.sluice.persistence.backlog.OrganizationBacklog;
import dev.sluice.persistence.endpoint.EndpointTrouble;
import dev.sluice.persistence.figures.AttemptFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows.
 *
 * @param promises what must always hold, and whether it does; empty when that is not known
 */
record Overview(
        Received received,
        Delivered delivered,
        Answers answers,
        Waiting waiting,
        EndpointTrouble trouble,
        List<Promise> promises) {

    /**
     * What came in.
     *
     * @param rate of the last whole minute
     * @param inAll in the last hour
     */
    record Received(String rate, String inAll, Chart chart) {
        static Received of(LastHour hour, Map<Instant, Long> minutes) {
            long all = minutes.values().stream().mapToLong(Long::longValue).sum();
            List<Double> values = hour.values(minutes, Long::doubleValue);
            return new Received(
                    Words.rate(lastWhole(values)),
                    Words.some(all, "webhook"),
                    Chart.of(
                            "Webhooks received by the minute of the last hour: " + Words.number(all),
                            Chart::perMinute,
                            new Series("received", "", "", true, values)));
        }
    }

    /**
     * What went out.
     *
     * @param rate of the last whole minute
     * @param inAll in the last hour
     * @param failed attempts in the last hour
     */
    record Delivered(String rate, String inAll, String failed, Chart chart) {
        static Delivered of(LastHour hour, Map<Instant, AttemptFigures> minutes, AttemptFigures all) {
            List<Double> succeeded = hour.values(minutes, AttemptFigures::succeeded);
            return new Delivered(
                    Words.rate(lastWhole(succeeded)),
                    Words.some(all.succeeded(), "notification"),
                    Words.some(all.failed(), "failed attempt"),
                    Chart.of(
                            "Notifications delivered by the minute of the last hour: " + Words.number(all.succeeded())
                                    + "; attempts that failed: " + Words.number(all.failed()),
                            Chart::perMinute,
                            new Series("delivered", "", "good", true, succeeded),
                            new Series("failed", "", "bad", false, hour.values(minutes, AttemptFigures::failed))));
        }
    }

    /**
     * How fast callbacks answer.
     *
     * @param half how long half of the attempts took at most; empty when there was none
     * @param nearlyAll the same of 99 %
     */
    record Answers(String half, String nearlyAll, Chart chart) {
        private static final double HALF = 0.5;
        private static final double NEARLY_ALL = 0.99;

        static Answers of(LastHour hour, Map<Instant, AttemptFigures> minutes, AttemptFigures all) {
            String half = all.percentile(HALF).map(Words::took).orElse("");
            String nearlyAll = all.percentile(NEARLY_ALL).map(Words::took).orElse("");
            return new Answers(
                    half,
                    nearlyAll,
                    Chart.of(
                            half.isEmpty()
                                    ? "How long callbacks took by the minute of the last hour: none was called"
                                    : "How long callbacks took by the minute of the last hour: half at most " + half
                                            + ", 99 % at most " + nearlyAll,
                            value -> Words.took(Duration.ofMillis(Math.round(value))),
                            new Series(
                                    "half within",
                                    "",
                                    "",
                                    true,
                                    hour.values(minutes, each -> millis(each.percentile(HALF)))),
                            new Series(
                                    "99 % within",
                                    "",
                                    "warn",
                                    false,
                                    hour.values(minutes, each -> millis(each.percentile(NEARLY_ALL))))));
        }

        private static double millis(Optional<Duration> duration) {
            return duration.map(Duration::toMillis).orElse(0L);
        }

        /** Whether any was called. */
        public boolean known() {
            return !half.isEmpty();
        }
    }

    /**
     * What is owed.
     *
     * @param owed deliveries
     * @param oldest when the oldest of their events was received; empty when nothing is owed
     * @param age how long ago that is
     */
    record Waiting(String owed, String oldest, String age) {
        static Waiting of(OrganizationBacklog backlog, Instant now) {
            Instant oldest = backlog.oldest();
            return new Waiting(
                    Words.counted(backlog.owed(), OrganizationBacklog.COUNTED_MAX),
                    oldest == null ? "" : oldest.toString(),
                    oldest == null ? "" : Words.age(Duration.between(oldest, now)));
        }
    }

    /** One thing that must always hold, and whether it does. */
    record Promise(String words, boolean holds) {}

    private static long lastWhole(List<Double> values) {
        return Math.round(values.get(values.size() - 2));
    }
}
