package dev.sluice.gateway.delivery.attempt;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of a callback, or the try of one.
 *
 * @param at when it began, by the database's clock
 * @param urlNumber which of its endpoint's URLs it went to
 */
public record Call(Instant at, Duration elapsed, int urlNumber) {
    /** When it ended. */
    public Instant endedAt() {
        return at.plus(elapsed);
    }
}
