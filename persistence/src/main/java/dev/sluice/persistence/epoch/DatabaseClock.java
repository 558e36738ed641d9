package dev.sluice.persistence.epoch;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's clock as this node knows it: the last time heard, plus what this node's own monotonic clock has counted
 * since it asked. Nodes whose wall clocks differ agree on it to within a beat's round trip.
 */
public final class DatabaseClock {
    private volatile Reading last = new Reading(Instant.EPOCH, System.nanoTime());

    private record Reading(Instant heard, long askedAtNanos) {}

    /**
     * The database said this is the time.
     *
     * @param askedAtNanos when it was asked, as {@link System#nanoTime} has it: an answer may lie unread for long, above all
     *     when this process was stopped meanwhile
     */
    public void observe(Instant databaseNow, long askedAtNanos) {
        last = new Reading(databaseNow, askedAtNanos);
    }

    /** About now, by the database's clock. */
    public Instant now() {
        Reading reading = last;
        return reading.heard.plusNanos(System.nanoTime() - reading.askedAtNanos);
    }

    /** The last time heard: surely not after the database's now. */
    Instant lowerBound() {
        return last.heard;
    }

    /** How long ago the database was asked for what it answered last. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - last.askedAtNanos);
    }
}
