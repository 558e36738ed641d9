package dev.sluice.persistence.backlog;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads {@link Backlog}. It costs no more when a million deliveries are owed than when a hundred thousand are. */
public final class BacklogRepository {
    /**
     * Endpoints are stepped through by the index of what is due, so the oldest is found without reading what is behind it.
     * The planner's own estimate stands in for counts that would take long.
     */
    private static final String READ = """
            WITH RECURSIVE owing (id, first_due, seen) AS (
                (SELECT endpoint_id, due_at, 1 FROM owed_delivery
                  WHERE due_at IS NOT NULL ORDER BY endpoint_id, due_at LIMIT 1)
                 UNION ALL
                SELECT following.endpoint_id, following.due_at, owing.seen + 1
                  FROM owing CROSS JOIN LATERAL (
                       SELECT owed.endpoint_id, owed.due_at FROM owed_delivery AS owed
                        WHERE owed.due_at IS NOT NULL AND owed.endpoint_id > owing.id
                        ORDER BY owed.endpoint_id, owed.due_at LIMIT 1) AS following
                 WHERE owing.seen < 10000),
            counted AS (
                SELECT (SELECT count(*) FROM (SELECT FROM owed_delivery WHERE due_at IS NOT NULL LIMIT 100001) AS due) AS due,
                       (SELECT count(*) FROM (SELECT FROM owed_delivery WHERE due_at IS NULL LIMIT 100001) AS parked) AS parked,
                       (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'owed_delivery'::regclass) AS estimate)
            SELECT CASE WHEN due > 100000 THEN greatest(due, estimate - parked) ELSE due END AS due,
                   CASE WHEN parked > 100000 THEN greatest(parked, estimate - due) ELSE parked END AS parked,
                   (SELECT greatest(0, coalesce(extract(epoch FROM now() - min(first_due)), 0) * 1000)::bigint
                      FROM owing) AS lag_millis,
                   (SELECT count(*) FROM endpoint WHERE breaker = 'open') AS open,
                   (SELECT count(*) FROM endpoint WHERE breaker = 'recovering') AS recovering,
                   (SELECT count(*) FROM endpoint WHERE state = 'deactivated') AS deactivated,
                   (SELECT count(*) FROM generate_series(1, 10) AS ahead
                     WHERE to_regclass('event_' || to_char((now() AT TIME ZONE 'UTC')::date + ahead, 'YYYYMMDD'))
                           IS NOT NULL)::int AS days_ahead
              FROM counted""";

    private final DatabaseClient database;

    public BacklogRepository(Database database) {
        this.database = database.client();
    }

    /** As it is now. */
    public Mono<Backlog> read() {
        return database.sql(READ).map(BacklogRepository::backlog).one();
    }

    private static Backlog backlog(Readable row) {
        return new Backlog(
                number(row, "due"),
                number(row, "parked"),
                Duration.ofMillis(number(row, "lag_millis")),
                number(row, "open"),
                number(row, "recovering"),
                number(row, "deactivated"),
                Objects.requireNonNull(row.get("days_ahead", Integer.class)));
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}
