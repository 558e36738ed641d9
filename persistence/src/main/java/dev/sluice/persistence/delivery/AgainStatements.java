package dev.sluice.persistence.delivery;

import dev.sluice.persistence.progress.EventChange;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes deliveries due again: those that wait, and those that are over. */
final class AgainStatements {
    /** What waits is due now. What is claimed is under way already. */
    private static final String BRING_FORWARD = """
            UPDATE owed_delivery AS owed SET due_at = now()
              FROM unnest($1::bigint[], $2::uuid[], $3::int[]) AS given (endpoint_id, event_id, part)
             WHERE owed.endpoint_id = given.endpoint_id AND owed.event_id = given.event_id AND owed.part = given.part
               AND owed.claims = 0
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id""";

    /**
     * A delivery without an ending that was owed from the beginning has its row, or is in a node's memory: it is left alone.
     * One that stands in a line stands at its end now.
     */
    private static final String OWE_AGAIN = """
            WITH wanted AS MATERIALIZED (
                SELECT given.endpoint_id, event.id AS event_id, given.part, event.instance_id, event.received_at,
                       given.endpoint_id = ANY (event.endpoint_ids) AS owed_before,
                       event.order_keys[given.part + 1] AS order_key,
                       (SELECT attempt.ending FROM attempt
                         WHERE attempt.event_id = event.id AND attempt.endpoint_id = given.endpoint_id
                           AND attempt.part = given.part AND attempt.ending IS NOT NULL
                           AND attempt.attempted_at >= event.received_at - interval '10 minutes'
                         ORDER BY attempt.attempted_at DESC LIMIT 1) AS ending
                  FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::timestamptz[])
                       AS given (endpoint_id, event_id, part, instance_id, received_at)
                  JOIN event ON event.instance_id = given.instance_id AND event.id = given.event_id
                        AND event.received_at = given.received_at
                 WHERE given.part < event.parts),
            made AS (
                INSERT INTO owed_delivery (
                       endpoint_id, event_id, part, instance_id, attempts, due_at, order_key, position)
                SELECT endpoint_id, event_id, part, instance_id, 0, now(), order_key,
                       CASE WHEN order_key IS NOT NULL THEN nextval('owed_delivery_position') END
                  FROM (SELECT * FROM wanted WHERE ending IS NOT NULL OR NOT owed_before
                         ORDER BY endpoint_id, event_id, part) AS owed
                ON CONFLICT DO NOTHING
                RETURNING endpoint_id, event_id, part)
            SELECT wanted.* FROM made
              JOIN wanted ON wanted.endpoint_id = made.endpoint_id AND wanted.event_id = made.event_id
                   AND wanted.part = made.part""";

    private AgainStatements() {}

    /** Those that are due now by this. */
    static Mono<ChangedRows> apply(PostgresqlConnection connection, List<Outcome.Again> again) {
        return again.isEmpty()
                ? Mono.just(ChangedRows.NONE)
                : bringForward(connection, again)
                        .flatMap(forward -> oweAgain(connection, again).map(ChangedRows.of(forward)::and));
    }

    private static Mono<Set<DeliveryId>> bringForward(PostgresqlConnection connection, List<Outcome.Again> again) {
        return OwedStatements.bindKeys(connection.createStatement(BRING_FORWARD), again, Outcome::delivery)
                .execute()
                .concatMap(result -> result.map((row, columns) -> DeliveryId.of(row)))
                .collect(HashSet::new, Set::add);
    }

    private static Mono<ChangedRows> oweAgain(PostgresqlConnection connection, List<Outcome.Again> again) {
        Long[] instances = again.stream()
                .map(each -> each.delivery().eventId().instanceId())
                .toArray(Long[]::new);
        Instant[] times = again.stream()
                .map(each -> each.delivery().eventId().receivedAt())
                .toArray(Instant[]::new);
        return OwedStatements.bindKeys(connection.createStatement(OWE_AGAIN), again, Outcome::delivery)
                .bind("$4", instances)
                .bind("$5", times)
                .execute()
                .concatMap(result -> result.map((row, columns) -> made(row)))
                .reduce(ChangedRows.NONE, ChangedRows::and);
    }

    private static ChangedRows made(Readable row) {
        String ending = row.get("ending", String.class);
        boolean owedBefore = Boolean.TRUE.equals(row.get("owed_before", Boolean.class));
        EventChange change = new EventChange(
                row.get("event_id", UUID.class),
                row.get("instance_id", Long.class),
                row.get("received_at", Instant.class),
                ending == null && !owedBefore ? 1 : 0,
                isDelivered(ending) ? -1 : 0,
                ending == null || isDelivered(ending) ? 0 : -1,
                false);
        return new ChangedRows(Set.of(DeliveryId.of(row)), List.of(change));
    }

    private static boolean isDelivered(@Nullable String ending) {
        return "delivered".equals(ending);
    }
}
