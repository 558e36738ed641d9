package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import java.util.stream.IntStream;

/**
 * A stretch of open-loop load, end to end: what was sent and what came of it, row by row the same ids.
 *
 * @param seconds how long new requests were sent
 * @param cpu what was used meanwhile, the draining included
 */
record Window(double offeredPerSecond, double seconds, Sent sent, Received received, Cpu cpu) {
    private static final double BACKLOG_GROWTH_SECONDS = 0.15;
    private static final double SHORTFALL = 0.02;

    /** How many were answered at the callback while load was on, a second. */
    double deliveredPerSecond() {
        return deliveredUntil(endMicros()) / seconds;
    }

    private long startMicros() {
        return sent.size() == 0 ? 0 : sent.intendedMicros(0);
    }

    private long endMicros() {
        return startMicros() + (long) (seconds * 1e6);
    }

    private long deliveredUntil(long micros) {
        return IntStream.range(0, received.size())
                .filter(row -> received.times(row) > 0 && received.answeredMicros(row) <= micros)
                .count();
    }

    /** Events whose time to be sent had come and whose callback had not been answered, at a share of the stretch. */
    long backlogAt(double share) {
        long micros = startMicros() + (long) (seconds * 1e6 * share);
        long due = IntStream.range(0, sent.size())
                .filter(row -> sent.intendedMicros(row) <= micros)
                .count();
        return due - deliveredUntil(micros);
    }

    /** Whether no more was waiting in the end than in the beginning, and all that was offered got through. */
    boolean isFlat() {
        double early = averageBacklog(0.15, 0.4);
        double late = averageBacklog(0.75, 1.0);
        return late - early <= BACKLOG_GROWTH_SECONDS * offeredPerSecond
                && deliveredPerSecond() >= offeredPerSecond * (1 - SHORTFALL) - backlogAt(1) / seconds
                && backlogAt(1) <= offeredPerSecond;
    }

    private double averageBacklog(double from, double to) {
        return IntStream.rangeClosed(0, 10)
                .mapToLong(step -> backlogAt(from + (to - from) * step / 10))
                .average()
                .orElse(0);
    }

    /** From the time a request was to be sent to the callback's answer, in microseconds, sorted. */
    long[] latencies() {
        return IntStream.range(0, sent.size())
                .filter(row -> received.times(row) > 0)
                .mapToLong(row -> received.answeredMicros(row) - sent.intendedMicros(row))
                .sorted()
                .toArray();
    }

    /** Requests that were not acknowledged. */
    long refused() {
        return IntStream.range(0, sent.size())
                .filter(row -> !sent.isAcknowledged(row))
                .count();
    }

    /** Acknowledged ids that never came. */
    long lost() {
        return IntStream.range(0, sent.size())
                .filter(row -> sent.isAcknowledged(row) && received.times(row) == 0)
                .count();
    }

    /** Ids that came more than once. */
    long repeated() {
        return IntStream.range(0, received.size())
                .filter(row -> received.times(row) > 1)
                .count();
    }
}
