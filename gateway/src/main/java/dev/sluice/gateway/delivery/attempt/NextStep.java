package dev.sluice.gateway.delivery.attempt;

import dev.sluice.persistence.delivery.Attempt.Ending;
import java.time.Duration;
import java.util.Optional;

/** What follows an attempt. */
public sealed interface NextStep {

    /** Nothing: the delivery is over. */
    record End(Ending ending) implements NextStep {}

    /** It stays owed. */
    record TryAgain(Duration delay) implements NextStep {}

    /** It stays owed, and has no time until its endpoint is called again. */
    record Park() implements NextStep {}

    /** Tries again after the wait; without one the schedule is used up. */
    static NextStep after(Optional<Duration> wait) {
        return wait.<NextStep>map(TryAgain::new).orElseGet(() -> new End(Ending.EXHAUSTED));
    }
}
