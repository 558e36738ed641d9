package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds owed deliveries, due or parked, whose event is as old as retention lets it become. The database's clock says so. */
public final class ExpiryRepository {
    /** Steps from endpoint to endpoint over the key, and reads of each no more than what is old. */
    private static final String OLD = """
            WITH RECURSIVE bound AS MATERIALIZED (
                SELECT (lpad(to_hex((extract(epoch FROM now() - :retention_micros * interval '1 microsecond') * 1000)::bigint),
                             12, '0') || '00000000000000000000')::uuid AS id),
            owing (id) AS (
                (SELECT endpoint_id FROM owed_delivery ORDER BY endpoint_id LIMIT 1)
                 UNION ALL
                SELECT (SELECT endpoint_id FROM owed_delivery WHERE endpoint_id > owing.id ORDER BY endpoint_id LIMIT 1)
                  FROM owing WHERE owing.id IS NOT NULL)""";

    /** What is on the wire now is left to its outcome, or to the end of its lease. */
    private static final String CLAIM = OLD + """
            , old AS MATERIALIZED (
                SELECT found.endpoint_id, found.event_id, found.part
                  FROM owing CROSS JOIN LATERAL (
                       SELECT endpoint_id, event_id, part FROM owed_delivery
                        WHERE endpoint_id = owing.id AND event_id < (SELECT id FROM bound)
                          AND (claims = 0 OR due_at IS NULL OR due_at <= now())
                        ORDER BY event_id, part LIMIT :limit FOR UPDATE SKIP LOCKED) AS found
                 LIMIT :limit)
            UPDATE owed_delivery AS owed
               SET due_at = now() + :lease_micros * interval '1 microsecond', behind = false,
                   generation = owed.generation + 1, claims = owed.claims + 1
              FROM old
             WHERE owed.endpoint_id = old.endpoint_id AND owed.event_id = old.event_id AND owed.part = old.part
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, CAST(NULL AS timestamptz) AS was_due_at, owed.order_key,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    private static final String ANY_LEFT = OLD + """
            SELECT EXISTS (
                   SELECT FROM owing CROSS JOIN LATERAL (
                          SELECT FROM owed_delivery
                           WHERE endpoint_id = owing.id AND event_id < (SELECT id FROM bound) LIMIT 1) AS old) AS any_left""";

    private final DatabaseClient database;

    public ExpiryRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Claims some of what is owed of events older than that, to be ended.
     *
     * @param lease how long the claim holds
     * @param limit at most so many
     * @return empty when nothing more can be claimed now
     */
    public Flux<ClaimedDelivery> claimOlder(Duration retention, Duration lease, int limit) {
        return database.sql(CLAIM)
                .bind("retention_micros", retention.toNanos() / 1_000)
                .bind("lease_micros", lease.toNanos() / 1_000)
                .bind("limit", limit)
                .map(ClaimedDelivery::of)
                .all();
    }

    /** Whether anything is owed of events older than that. */
    public Mono<Boolean> owesOlder(Duration retention) {
        return database.sql(ANY_LEFT)
                .bind("retention_micros", retention.toNanos() / 1_000)
                .map(row -> Boolean.TRUE.equals(row.get("any_left", Boolean.class)))
                .one();
    }
}
