package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the event log, by its key only. */
public final class EventRepository {
    private static final String FIND = """
            SELECT instance_id, id, endpoint_ids, parts, content_type, headers, items, failure, body
              FROM event WHERE instance_id = :instance AND id = :id AND received_at = :receivedAt""";
    private static final String OF_INSTANCE = """
            SELECT instance_id, id, endpoint_ids, parts, content_type, headers, items, failure, body
              FROM event WHERE instance_id = :instance AND id < :before
             ORDER BY id DESC LIMIT :limit""";
    private static final UUID AFTER_ALL = new UUID(-1, -1);

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

    /**
     * An instance's events, the newest first.
     *
     * @param before only events older than this one; null to begin with the newest
     * @param limit 1 to 200
     */
    public Flux<StoredEvent> ofInstance(long instanceId, @Nullable UUID before, int limit) {
        return database.client()
                .sql(OF_INSTANCE)
                .bind("instance", instanceId)
                .bind("before", before == null ? AFTER_ALL : before)
                .bind("limit", limit)
                .map(EventRepository::event)
                .all();
    }

    private static StoredEvent event(Readable row) {
        return new StoredEvent(
                new EventId(row.get("instance_id", Long.class), row.get("id", UUID.class)),
                List.of(row.get("endpoint_ids", Long[].class)),
                row.get("parts", Integer.class),
                row.get("content_type", String.class),
                EncodedJson.readHeaders(row.get("headers", String.class)),
                EncodedJson.readItems(row.get("items", String.class)),
                row.get("failure", String.class),
                new Body(row.get("body", byte[].class)));
    }
}
