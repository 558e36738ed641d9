package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.connection.Database;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Changes when an endpoint gets what waits for it, however much that is: by the key of what is owed, in portions. */
public final class QueueRepository {
    private static final UUID BEGINNING = new UUID(0, 0);
    private static final int ROWS_A_STATEMENT = 5_000;

    private static final String OWING = """
            SELECT wanted.id FROM unnest(:endpoints) AS wanted (id)
             WHERE EXISTS (SELECT FROM owed_delivery WHERE endpoint_id = wanted.id)""";

    /**
     * Up to an event so many rows on. What is claimed is under way already. Rows that somebody else is changing are left to
     * them: two who change many must not wait for each other in a circle. By the place of each row: joined, all rows of the
     * endpoint would be read for every portion.
     */
    private static final String CHANGE = """
            WITH last AS MATERIALIZED (
                SELECT coalesce(
                           (SELECT event_id FROM owed_delivery WHERE endpoint_id = :endpoint AND event_id > :after
                             ORDER BY event_id OFFSET :rows LIMIT 1),
                           'ffffffff-ffff-ffff-ffff-ffffffffffff') AS event_id),
            changed AS (
                UPDATE owed_delivery SET due_at = %s
                 WHERE ctid = ANY (ARRAY (
                       SELECT owed.ctid FROM owed_delivery AS owed
                        WHERE owed.endpoint_id = :endpoint AND owed.event_id > :after
                          AND owed.event_id <= (SELECT event_id FROM last) AND owed.claims = 0 AND %s
                          FOR UPDATE SKIP LOCKED)))
            SELECT event_id FROM last WHERE event_id <> 'ffffffff-ffff-ffff-ffff-ffffffffffff'""";

    private static final String PARK = CHANGE.formatted("NULL", "owed.due_at IS NOT NULL");
    private static final String RETRY_NOW = CHANGE.formatted("now()", "owed.due_at > now() AND owed.attempts > 0");

    private final DatabaseClient database;

    public QueueRepository(Database database) {
        this.database = database.client();
    }

    /** Those of the endpoints that anything is owed to. */
    public Flux<Long> owing(Collection<Long> endpointIds) {
        return database.sql(OWING)
                .bind("endpoints", endpointIds.toArray(Long[]::new))
                .map(row -> Objects.requireNonNull(row.get("id", Long.class)))
                .all();
    }

    /** Takes all due times from what waits for an endpoint that gets nothing: it is let go with the rest, in order. */
    public Mono<Void> park(long endpointId) {
        return inPortions(PARK, endpointId);
    }

    /** Makes what failed, and waits for its next attempt, due now. */
    public Mono<Void> retryNow(long endpointId) {
        return inPortions(RETRY_NOW, endpointId);
    }

    private Mono<Void> inPortions(String change, long endpointId) {
        return portion(change, endpointId, BEGINNING)
                .expand(last -> portion(change, endpointId, last))
                .then();
    }

    /** The event up to which it came, empty when nothing is left. */
    private Mono<UUID> portion(String change, long endpointId, UUID after) {
        return database.sql(change)
                .bind("endpoint", endpointId)
                .bind("after", after)
                .bind("rows", ROWS_A_STATEMENT)
                .map(row -> Objects.requireNonNull(row.get("event_id", UUID.class)))
                .one();
    }
}
