package dev.sluice.persistence.delivery;

import io.r2dbc.spi.Readable;
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
 * @param inLine whether others may wait for its end
 */
public record ClaimedDelivery(
        DeliveryId id,
        int attempts,
        int probes,
        @Nullable Duration sinceFirstFailure,
        int generation,
        int claims,
        @Nullable Instant dueAt,
        boolean inLine) {

    static ClaimedDelivery of(Readable row) {
        Long failingMicros = row.get("failing_micros", Long.class);
        return new ClaimedDelivery(
                DeliveryId.of(row),
                row.get("attempts", Integer.class),
                row.get("probes", Integer.class),
                failingMicros == null ? null : Duration.ofNanos(failingMicros * 1_000),
                row.get("generation", Integer.class),
                row.get("claims", Integer.class),
                row.get("was_due_at", Instant.class),
                row.get("order_key", Long.class) != null);
    }

    /** Whether it was claimed to probe an open breaker. */
    public boolean probing() {
        return dueAt == null;
    }
}
