package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;

/** Reads what is still owed of one event. */
public final class PendingRepository {
    private static final String OF_EVENT = """
            SELECT endpoint_id, part, attempts, due_at, behind
              FROM owed_delivery WHERE endpoint_id = ANY(:endpoints) AND event_id = :event
             ORDER BY endpoint_id, part LIMIT :limit""";

    private final Database database;

    public PendingRepository(Database database) {
        this.database = database;
    }

    /**
     * The owed deliveries of an event, by the key of what is owed.
     *
     * @param endpointIds to whom it may be owed
     * @param limit at least 1
     */
    public Flux<PendingDelivery> ofEvent(EventId event, List<Long> endpointIds, int limit) {
        return database.client()
                .sql(OF_EVENT)
                .bind("endpoints", endpointIds.toArray(Long[]::new))
                .bind("event", event.id())
                .bind("limit", limit)
                .map(row -> new PendingDelivery(
                        new DeliveryId(event, row.get("endpoint_id", Long.class), row.get("part", Integer.class)),
                        row.get("attempts", Integer.class),
                        row.get("due_at", Instant.class),
                        Boolean.TRUE.equals(row.get("behind", Boolean.class))))
                .all();
    }
}
