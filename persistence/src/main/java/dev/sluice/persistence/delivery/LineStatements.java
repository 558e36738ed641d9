package dev.sluice.persistence.delivery;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.Readable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Moves lines on, in the transaction that removes their first. Whoever removes an owed row in another way does the same. */
final class LineStatements {
    /**
     * Two transactions that remove rows of one line must not each take the other's for the next: the second waits for the
     * first, and only then looks. Sorted, so that they do not wait for each other in a circle.
     */
    private static final String TAKE_TURNS = """
            SELECT count(pg_advisory_xact_lock(line.key))
              FROM (SELECT DISTINCT hashint8extended(endpoint_id, order_key) AS key
                      FROM unnest($1::bigint[], $2::bigint[]) AS freed (endpoint_id, order_key)
                     ORDER BY 1) AS line""";
    /** The first that is left, unless it is parked, or is due, or waits for its next attempt. */
    private static final String LET_FIRST_GO = """
            UPDATE owed_delivery AS owed SET due_at = clock_timestamp(), behind = false
              FROM unnest($1::bigint[], $2::bigint[]) AS freed (endpoint_id, order_key)
             CROSS JOIN LATERAL (
                   SELECT event_id, part FROM owed_delivery AS line
                    WHERE line.endpoint_id = freed.endpoint_id AND line.order_key = freed.order_key
                    ORDER BY line.position LIMIT 1) AS first
             WHERE owed.endpoint_id = freed.endpoint_id AND owed.event_id = first.event_id AND owed.part = first.part
               AND owed.behind AND owed.due_at > now()""";

    private LineStatements() {}

    /**
     * All that is owed to one endpoint of one object, in order: only the first may be under way.
     *
     * @param orderKey a hash of the object
     */
    record Line(long endpointId, long orderKey) {
        /** The one that the row stands in, null when it stands in none. */
        static @Nullable Line of(Readable row) {
            Long orderKey = row.get("order_key", Long.class);
            return orderKey == null ? null : new Line(row.get("endpoint_id", Long.class), orderKey);
        }
    }

    /** Makes due what is the first of these lines now. */
    static Mono<Void> letFirstGo(PostgresqlConnection connection, Set<Line> freed) {
        if (freed.isEmpty()) {
            return Mono.empty();
        }
        return run(connection, TAKE_TURNS, freed).then(Mono.defer(() -> run(connection, LET_FIRST_GO, freed)));
    }

    private static Mono<Void> run(PostgresqlConnection connection, String statement, Set<Line> lines) {
        return connection
                .createStatement(statement)
                .bind("$1", lines.stream().map(Line::endpointId).toArray(Long[]::new))
                .bind("$2", lines.stream().map(Line::orderKey).toArray(Long[]::new))
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }
}
