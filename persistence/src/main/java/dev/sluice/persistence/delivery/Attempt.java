package dev.sluice.persistence.delivery;

import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.instance.Endpoint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the attempt log: one try of a delivery, or its ending without one.
 *
 * @param number 1-based; for an ending without an attempt, the number of attempts made before
 * @param at when it began, by the database's clock as this node knows it
 * @param outcome in a word: {@code success}, {@code refused}, {@code timed_out}, {@code unreachable} …; {@code none} for
 *     an ending without an attempt
 * @param ending why nothing follows, or null when the delivery stays owed
 * @param status the callback's HTTP status, or null without an answer
 * @param response the first KB of a failed answer's body, or null
 * @param error what went wrong in a word for people, or null
 * @param urlNumber which of its endpoint's URLs it was made to, {@link Endpoint#urlNumber}
 */
public record Attempt(
        DeliveryId delivery,
        int number,
        Instant at,
        String outcome,
        @Nullable Ending ending,
        @Nullable Integer status,
        Duration duration,
        @Nullable Body response,
        @Nullable String error,
        int urlNumber) {
    private static final String NONE = "none";

    /** One to the first URL that its endpoint had, or an ending without one. */
    public Attempt(
            DeliveryId delivery,
            int number,
            Instant at,
            String outcome,
            @Nullable Ending ending,
            @Nullable Integer status,
            Duration duration,
            @Nullable Body response,
            @Nullable String error) {
        this(delivery, number, at, outcome, ending, status, duration, response, error, Endpoint.FIRST_URL);
    }

    /** Whether it is a try, and not an ending without one. */
    public boolean made() {
        return !NONE.equals(outcome);
    }

    /** Why a delivery is over. */
    public enum Ending {
        /** The callback answered 2xx. */
        DELIVERED,
        /** The retry schedule is used up. */
        EXHAUSTED,
        /** The callback answered 410. */
        GONE,
        /** The endpoint or its instance was deleted. */
        DELETED,
        /** Its body left retention. */
        EXPIRED,
        /** Five claims brought no outcome. */
        POISON
    }
}
