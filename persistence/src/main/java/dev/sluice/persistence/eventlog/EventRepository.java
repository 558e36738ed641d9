package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the event log, by its key only. */
public final class EventRepository {
    private static final String FIND = """
            SELECT instance_id, id, endpoint_ids, parts, order_keys IS NOT NULL AS by_object, content_type, headers, items,
                   failure, body
              FROM event WHERE instance_id = :instance AND id = :id AND received_at = :receivedAt""";
    private static final String FIND_ALL = """
            SELECT event.instance_id, event.id, endpoint_ids, parts, order_keys IS NOT NULL AS by_object, content_type,
                   headers, items, failure, body
              FROM unnest(:instances, :ids, :times) WITH ORDINALITY AS wanted (instance_id, id, received_at, place)
              JOIN event ON event.instance_id = wanted.instance_id AND event.id = wanted.id
                    AND event.received_at = wanted.received_at
             ORDER BY wanted.place""";

    private static final String SUMMARIES = """
            SELECT event.instance_id, event.id, items, failure, octet_length(body) AS length
              FROM unnest(:instances, :ids, :times) WITH ORDINALITY AS wanted (instance_id, id, received_at, place)
              JOIN event ON event.instance_id = wanted.instance_id AND event.id = wanted.id
                    AND event.received_at = wanted.received_at
             ORDER BY wanted.place""";

    private final Database database;

    public EventRepository(Database database) {
        this.database = database;
    }

    /** The event, empty when there is none of that name or retention has taken it. */
    public Mono<StoredEvent> find(EventId id) {
        return database.client()
                .sql(FIND)
                .bind("instance", id.instanceId())
                .bind("id", id.id())
                .bind("receivedAt", id.receivedAt())
                .map(EventRepository::event)
                .one();
    }

    /** Those of the events that are there, in the order given; at most 200 are asked for. */
    public Flux<StoredEvent> findAll(List<EventId> ids) {
        return database.client()
                .sql(FIND_ALL)
                .bind("instances", ids.stream().map(EventId::instanceId).toArray(Long[]::new))
                .bind("ids", ids.stream().map(EventId::id).toArray(UUID[]::new))
                .bind("times", ids.stream().map(EventId::receivedAt).toArray(Instant[]::new))
                .map(EventRepository::event)
                .all();
    }

    /** Those of the events that are there without their bodies, in the order given; at most 200 are asked for. */
    public Flux<EventSummary> summaries(List<EventId> ids) {
        return database.client()
                .sql(SUMMARIES)
                .bind("instances", ids.stream().map(EventId::instanceId).toArray(Long[]::new))
                .bind("ids", ids.stream().map(EventId::id).toArray(UUID[]::new))
                .bind("times", ids.stream().map(EventId::receivedAt).toArray(Instant[]::new))
                .map(row -> new EventSummary(
                        new EventId(row.get("instance_id", Long.class), row.get("id", UUID.class)),
                        EncodedJson.readItems(row.get("items", String.class)),
                        row.get("failure", String.class),
                        row.get("length", Integer.class)))
                .all();
    }

    private static StoredEvent event(Readable row) {
        return new StoredEvent(
                new EventId(row.get("instance_id", Long.class), row.get("id", UUID.class)),
                List.of(row.get("endpoint_ids", Long[].class)),
                row.get("parts", Integer.class),
                Boolean.TRUE.equals(row.get("by_object", Boolean.class)),
                row.get("content_type", String.class),
                EncodedJson.readHeaders(row.get("headers", String.class)),
                EncodedJson.readItems(row.get("items", String.class)),
                row.get("failure", String.class),
                new Body(row.get("body", byte[].class)));
    }
}
