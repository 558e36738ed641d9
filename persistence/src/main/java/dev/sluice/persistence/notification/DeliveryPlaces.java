package dev.sluice.persistence.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Places in the list of deliveries that are not those of a delivery. The next part begins after them. */
final class DeliveryPlaces {
    private static final int VERSION_OF_EVENTS = 7;

    private DeliveryPlaces() {}

    /** Before the first delivery of that event: no endpoint has so small an id. */
    static DeliveryId before(UUID event) {
        return new DeliveryId(new EventId(0, event), -1, 0);
    }

    /**
     * Before the last delivery of all days before this one.
     *
     * @param later so many days later
     */
    static DeliveryId beforeDay(Instant time, int later) {
        Instant day = time.truncatedTo(ChronoUnit.DAYS).plus(later, ChronoUnit.DAYS);
        return new DeliveryId(new EventId(0, EventId.earliest(day)), 0, 0);
    }

    /** When the day begins that the list goes on with: that of the event, or the one before, where a day is done. */
    static Instant dayOf(DeliveryId place) {
        Instant at = place.eventId().receivedAt();
        boolean atEvent = place.eventId().id().version() == VERSION_OF_EVENTS;
        return (atEvent ? at : at.minusMillis(1)).truncatedTo(ChronoUnit.DAYS);
    }
}
