package dev.sluice.persistence.backlog;

import java.time.Duration;

/**
 * How much is owed, by all nodes together.
 *
 * @param due deliveries whose time has come, or will; an estimate above 100,000
 * @param parked deliveries without a time: their endpoint's breaker is open, or it is deactivated; an estimate above 100,000
 * @param lag how long the oldest that could be sent has waited beyond its time; zero when none does
 * @param open endpoints with an open breaker
 * @param recovering endpoints that get their backlog in growing chunks
 * @param deactivated endpoints that nothing is sent to
 * @param daysAhead days after today that have their partitions: below 1, intake ends at midnight
 */
public record Backlog(
        long due, long parked, Duration lag, long open, long recovering, long deactivated, int daysAhead) {
    /** As long as nobody has looked. */
    public static final Backlog NOTHING = new Backlog(0, 0, Duration.ZERO, 0, 0, 0, 0);
}
