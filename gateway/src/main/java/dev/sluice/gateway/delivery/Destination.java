package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt.Ending;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a delivery may go now. */
sealed interface Destination {

    /** To its callback. */
    record Open(Callback callback) implements Destination {}

    /** To its callback, but only to probe it: its breaker is open. */
    record Resting(Callback callback) implements Destination {}

    /**
     * To a callback that is not understood; every attempt fails, until its owner mends it or the schedule is used up.
     *
     * @param error what is not understood, without secrets
     * @param url the callback's
     * @param urlNumber which of its endpoint's URLs that is
     * @param schedule when it is looked at again
     */
    record Misconfigured(String error, String url, int urlNumber, RetrySchedule schedule) implements Destination {}

    /**
     * Nowhere now.
     *
     * @param delay until it may be asked again, or null when something has to be done first
     */
    record Shut(@Nullable Duration delay) implements Destination {}

    /** Nowhere ever. */
    record Over(Ending ending, String reason) implements Destination {}
}
