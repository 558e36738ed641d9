package dev.sluice.persistence.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An owed delivery that this node holds under a lease.
 *
 * @param attempts made before
 * @param probes those of them that were probes of an open breaker and used up nothing of the schedule
 * @param sinceFirstFailure how long ago the first failed, by the database's clock; null when none did
 * @param generation this claim's number; an outcome with an older one changes nothing
 * @param claims claims since the last outcome, this one included
 * @param dueAt since when it was due; null when it was claimed to probe an open breaker
 */
public record ClaimedDelivery(
        DeliveryId id,
        int attempts,
        int probes,
        @Nullable Duration sinceFirstFailure,
        int generation,
        int claims,
        @Nullable Instant dueAt) {

    /** Whether it was claimed to probe an open breaker. */
    public boolean probing() {
        return dueAt == null;
    }
}
