package dev.sluice.persistence.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.util.UUID;

/** Places in the list of deliveries that are not those of a delivery. The next part begins after them. */
final class DeliveryPlaces {
    /** Before the first of all. */
    static final DeliveryId FIRST = before(EventId.earliest(Instant.parse("2200-01-01T00:00:00Z")));

    private DeliveryPlaces() {}

    /** Before the first delivery of that event: no endpoint has so small an id. */
    static DeliveryId before(UUID event) {
        return new DeliveryId(new EventId(0, event), -1, 0);
    }
}
