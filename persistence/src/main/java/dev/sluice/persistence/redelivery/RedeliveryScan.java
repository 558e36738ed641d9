package dev.sluice.persistence.redelivery;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.search.EventFilter;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads a job's events portion by portion, by the log's own key, the oldest first. */
public final class RedeliveryScan {
    private static final int EXAMINED = 2_000;

    private static final String NEXT = """
            WITH candidate AS MATERIALIZED (
                SELECT id, received_at, endpoint_ids, parts FROM event
                 WHERE instance_id = :instance AND id > :after AND id < :before
                   AND received_at >= :fromTime AND received_at <= :toTime
                 ORDER BY id LIMIT :examined),
            seen AS (
                SELECT count(*) AS events, (SELECT id FROM candidate ORDER BY id DESC LIMIT 1) AS last FROM candidate),
            matching AS (
                SELECT candidate.* FROM candidate
                 WHERE EXISTS (
                       SELECT FROM event_search
                        WHERE organization_id = :organization AND event_id = candidate.id
                          AND event_search.received_at = candidate.received_at
                          AND (:status::text IS NULL OR status = :status)
                          AND (:objectType::text IS NULL OR object_type = :objectType)
                          AND (:objectId::text IS NULL OR object_id = :objectId)
                          AND (:idText::text IS NULL OR strpos(lower(object_id), lower(:idText)) > 0)
                          AND (:eventType::text IS NULL OR event_type = :eventType))
                 ORDER BY candidate.id LIMIT :limit)
            SELECT matching.id, matching.endpoint_ids, matching.parts, seen.events AS seen, seen.last
              FROM seen LEFT JOIN matching ON true ORDER BY matching.id""";

    private final DatabaseClient database;

    public RedeliveryScan(Database database) {
        this.database = database.client();
    }

    /**
     * The events that follow.
     *
     * @param after the place up to which all is done
     * @param limit the most events, at least 1
     */
    public Mono<Portion> next(RedeliveryJob job, UUID after, int limit) {
        EventFilter filter = job.filter();
        GenericExecuteSpec statement = database.sql(NEXT)
                .bind("organization", filter.organizationId())
                .bind("instance", job.instanceId())
                .bind("after", after)
                .bind("before", job.before())
                .bind("fromTime", EventId.receivedAt(after))
                .bind("toTime", EventId.receivedAt(job.before()))
                .bind("examined", EXAMINED)
                .bind("limit", limit);
        statement = bind(
                statement,
                "status",
                filter.status() == null ? null : filter.status().name());
        statement = bind(statement, "objectType", filter.objectType());
        statement = bind(statement, "objectId", filter.objectId());
        statement = bind(statement, "idText", filter.idText());
        return bind(statement, "eventType", filter.eventType())
                .map(row -> Line.of(row, job.instanceId()))
                .all()
                .collectList()
                .map(lines -> portion(lines, after, limit));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String name, @Nullable String value) {
        return value == null ? statement.bindNull(name, String.class) : statement.bind(name, value);
    }

    private static Portion portion(List<Line> lines, UUID after, int limit) {
        List<RedeliverableEvent> events = lines.stream()
                .filter(line -> line.event != null)
                .map(line -> requireNonNull(line.event))
                .toList();
        if (events.size() == limit) {
            return new Portion(events, events.get(limit - 1).id().id(), false);
        }
        Line any = lines.get(0);
        UUID end = any.lastSeen == null ? after : any.lastSeen;
        return new Portion(events, end, any.seen < EXAMINED);
    }

    /** A row of an answer: an event, or none when nothing matched. */
    private record Line(
            @Nullable RedeliverableEvent event,
            long seen,
            @Nullable UUID lastSeen) {
        static Line of(Readable row, long instanceId) {
            UUID id = row.get("id", UUID.class);
            RedeliverableEvent event = id == null
                    ? null
                    : new RedeliverableEvent(
                            new EventId(instanceId, id),
                            List.of(row.get("endpoint_ids", Long[].class)),
                            row.get("parts", Integer.class));
            return new Line(event, row.get("seen", Long.class), row.get("last", UUID.class));
        }
    }
}
