package dev.sluice.persistence.epoch;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The rows of epochs and their fences. Each call is one statement on the node's own connection. */
final class EpochRepository {
    private static final String REGISTER = """
            WITH registered AS (INSERT INTO epoch (node) VALUES ($1) RETURNING id),
                 fence AS (INSERT INTO epoch_fence (id) SELECT id FROM registered)
            SELECT id, clock_timestamp() AS now FROM registered""";
    private static final String BEAT = """
            UPDATE epoch SET beat_at = clock_timestamp(), watermark_at = greatest(watermark_at, $2)
             WHERE id = $1 AND EXISTS (SELECT FROM epoch_fence WHERE id = $1 AND closed_at IS NULL)
            RETURNING clock_timestamp() AS now""";

    private EpochRepository() {}

    record Registered(int id, Instant now) {}

    static Mono<Registered> register(PostgresqlConnection connection, String node) {
        return connection
                .createStatement(REGISTER)
                .bind("$1", node)
                .execute()
                .concatMap(result -> result.map(
                        (row, columns) -> new Registered(row.get("id", Integer.class), row.get("now", Instant.class))))
                .next();
    }

    /** Beats and moves the watermark on; empty when the fence is closed, and with it the epoch lost. */
    static Mono<Instant> beat(PostgresqlConnection connection, Epoch epoch) {
        return connection
                .createStatement(BEAT)
                .bind("$1", epoch.id())
                .bind("$2", epoch.watermark().low())
                .execute()
                .concatMap(result -> result.map((row, columns) -> row.get("now", Instant.class)))
                .next();
    }
}
