package dev.sluice.persistence.epoch;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's clock as this node knows it: the last time heard, plus what this node's own monotonic clock has counted
 * since. Nodes whose wall clocks differ agree on it to within a beat's round trip.
 */
public final class DatabaseClock {
    private volatile Reading last = new Reading(Instant.EPOCH, System.nanoTime());

    private record Reading(Instant heard, long atNanos) {}

    /** The database said this is the time. */
    public void observe(Instant databaseNow) {
        last = new Reading(databaseNow, System.nanoTime());
    }

    /** About now, by the database's clock. */
    public Instant now() {
        Reading reading = last;
        return reading.heard.plusNanos(System.nanoTime() - reading.atNanos);
    }

    /** The last time heard: surely not after the database's now. */
    Instant lowerBound() {
        return last.heard;
    }

    /** How long ago the database was last heard. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - last.atNanos);
    }
}
