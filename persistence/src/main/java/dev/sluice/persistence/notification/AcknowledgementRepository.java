package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Remembers which notifications somebody has acknowledged, for as long as their events are there. */
public final class AcknowledgementRepository {
    private static final String ACKNOWLEDGE = """
            INSERT INTO acknowledgement (event_id, endpoint_id, part, user_id)
            SELECT :event, :endpoint, :part, :user
             WHERE NOT EXISTS (SELECT FROM acknowledgement
                                WHERE event_id = :event AND endpoint_id = :endpoint AND part = :part)""";

    /** Each by the key of the few partitions that may have it. */
    private static final String AMONG = """
            SELECT given.event_id, given.instance_id, given.endpoint_id, given.part
              FROM unnest(:events, :instances, :times, :endpoints, :parts)
                   AS given (event_id, instance_id, received_at, endpoint_id, part)
             WHERE EXISTS (
                   SELECT FROM acknowledgement
                    WHERE acknowledgement.event_id = given.event_id AND acknowledgement.endpoint_id = given.endpoint_id
                      AND acknowledgement.part = given.part AND acknowledgement.acknowledged_at >= given.received_at)""";

    private final DatabaseClient database;

    public AcknowledgementRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Remembers that a notification is acknowledged. Repeating it changes nothing.
     *
     * @param userId who acknowledges it
     */
    public Mono<Void> acknowledge(DeliveryId notification, long userId) {
        return database.sql(ACKNOWLEDGE)
                .bind("event", notification.eventId().id())
                .bind("endpoint", notification.endpointId())
                .bind("part", notification.part())
                .bind("user", userId)
                .then();
    }

    /** Those of the notifications that are acknowledged; at most 200 are asked for. */
    public Mono<Set<DeliveryId>> among(Collection<DeliveryId> notifications) {
        List<DeliveryId> ids = List.copyOf(notifications);
        return database.sql(AMONG)
                .bind("events", ids.stream().map(id -> id.eventId().id()).toArray(UUID[]::new))
                .bind(
                        "instances",
                        ids.stream().map(id -> id.eventId().instanceId()).toArray(Long[]::new))
                .bind("times", ids.stream().map(id -> id.eventId().receivedAt()).toArray(Instant[]::new))
                .bind("endpoints", ids.stream().map(DeliveryId::endpointId).toArray(Long[]::new))
                .bind("parts", ids.stream().map(DeliveryId::part).toArray(Integer[]::new))
                .map(AcknowledgementRepository::id)
                .all()
                .collect(HashSet::new, Set::add);
    }

    private static DeliveryId id(Readable row) {
        EventId event = new EventId(
                Objects.requireNonNull(row.get("instance_id", Long.class)),
                Objects.requireNonNull(row.get("event_id", UUID.class)));
        return new DeliveryId(
                event,
                Objects.requireNonNull(row.get("endpoint_id", Long.class)),
                Objects.requireNonNull(row.get("part", Integer.class)));
    }
}
