package dev.sluice.persistence.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was looked for.
 *
 * @param updatedAt when it was last attempted, or else when its event was received
 */
public record FoundDelivery(DeliveryId id, DeliveryStatus status, Instant updatedAt) {

    /** Null when the row has none. */
    static @Nullable FoundDelivery read(Readable row) {
        UUID event = row.get("event_id", UUID.class);
        if (event == null) {
            return null;
        }
        EventId eventId = new EventId(Objects.requireNonNull(row.get("instance_id", Long.class)), event);
        Instant attempted = row.get("attempted_at", Instant.class);
        return new FoundDelivery(
                new DeliveryId(
                        eventId,
                        Objects.requireNonNull(row.get("endpoint_id", Long.class)),
                        Objects.requireNonNull(row.get("part", Integer.class))),
                DeliveryStatus.valueOf(row.get("status", String.class)),
                attempted == null ? eventId.receivedAt() : attempted);
    }
}
