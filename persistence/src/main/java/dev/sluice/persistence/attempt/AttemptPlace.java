package dev.sluice.persistence.attempt;

import dev.sluice.persistence.delivery.Attempt;
import java.time.Instant;

/** A place in a list of attempts, which is in the order of time. The next part begins after it. */
public record AttemptPlace(Instant at, long endpointId, int part, int number) {
    /** The place of this attempt. */
    public static AttemptPlace of(Attempt attempt) {
        return new AttemptPlace(
                attempt.at(),
                attempt.delivery().endpointId(),
                attempt.delivery().part(),
                attempt.number());
    }
}
