package dev.sluice.gateway.rolling;

import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rolling.Sending.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What every restart cost: of the node, of the webhooks sent from its beginning to the next one's, of their callback. */
final class Restarts {
    private final Ledger ledger;
    private final Sightings sightings;
    private final List<Restart> restarts = new ArrayList<>();

    Restarts(Ledger ledger, Sightings sightings) {
        this.ledger = ledger;
        this.sightings = sightings;
    }

    /**
     * One of them.
     *
     * @param stopped from SIGTERM to the end of the process
     * @param ready from the start of the next process to its readiness
     * @param from when it began
     * @param to when the next one did
     */
    record Restart(int node, Duration stopped, Duration ready, Mark from, Mark to) {
        double offeredPerSecond() {
            return perSecond(to.offered() - from.offered());
        }

        double sentPerSecond() {
            return perSecond(to.issued() - from.issued());
        }

        private double perSecond(long count) {
            return count * 1e6 / (to.atMicros() - from.atMicros());
        }
    }

    void add(Restart restart) {
        restarts.add(restart);
    }

    /** The longest that any took from SIGTERM to its end. */
    Duration longestStop() {
        return restarts.stream()
                .map(Restart::stopped)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What was sent of what the schedule wanted, from the first restart's beginning on. */
    double kept() {
        Mark from = restarts.get(0).from();
        Mark to = restarts.get(restarts.size() - 1).to();
        return (double) (to.issued() - from.issued()) / (to.offered() - from.offered());
    }

    /** A line each, once all is answered and delivered. */
    String table() {
        StringBuilder text = new StringBuilder("""
                | restart | node | SIGTERM to exit, s | start to ready, s | offered/s | sent/s | not 2xx \
                | answered after ms ¹: p50 | p99 | most | came twice |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (int row = 0; row < restarts.size(); row++) {
            text.append(line(row + 1, restarts.get(row)));
        }
        return text.append("\n¹ from when the schedule wanted it sent, so that a sender that falls behind shows\n")
                .toString();
    }

    private String line(int number, Restart restart) {
        Sent sent = ledger.sent(restart.from().issued(), restart.to().issued());
        Received received = sightings.received(sent.firstId(), sent.size());
        long[] micros = IntStream.range(0, sent.size())
                .filter(sent::isAcknowledged)
                .mapToLong(row -> sent.answeredMicros(row) - sent.intendedMicros(row))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.1f | %.1f | %.0f | %.0f | %d | %.0f | %.0f | %.0f | %d |%n",
                number,
                restart.node(),
                restart.stopped().toMillis() / 1e3,
                restart.ready().toMillis() / 1e3,
                restart.offeredPerSecond(),
                restart.sentPerSecond(),
                sent.size() - micros.length,
                percentile(micros, 0.5),
                percentile(micros, 0.99),
                percentile(micros, 1),
                IntStream.range(0, received.size())
                        .map(row -> Math.max(0, received.times(row) - 1))
                        .sum());
    }

    private static double percentile(long[] sortedMicros, double share) {
        return sortedMicros.length == 0
                ? Double.NaN
                : sortedMicros[(int) Math.min(sortedMicros.length - 1L, (long) (share * sortedMicros.length))] / 1e3;
    }

    /** Shows the table, and leaves it in that file. */
    void report(Path file) {
        String table = table();
        System.out.println(table);
        try {
            Files.writeString(file, table);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
