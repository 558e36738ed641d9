package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Parks deliveries of endpoints that are not called now, and lets them go again, in the order of their events. */
public final class ParkedRepository {
    /** What a recovering endpoint gets first; each chunk after is twice as large. */
    private static final int FIRST_CHUNK = 8;

    private static final int LARGEST_CHUNK = 4_096;
    /** Between two chunks at least; one is only let go when the one before has been claimed. */
    private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(250);

    private static final String PARK = """
            UPDATE owed_delivery AS owed SET due_at = NULL
              FROM (SELECT endpoint_id, event_id, part FROM owed_delivery
                     WHERE endpoint_id = :endpoint AND due_at <= now()
                       AND EXISTS (SELECT FROM endpoint WHERE id = :endpoint
                                      AND (breaker = 'open' OR state = 'deactivated'))
                     ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED) AS due
             WHERE owed.endpoint_id = due.endpoint_id AND owed.event_id = due.event_id AND owed.part = due.part""";
    /** A chunk has one due time: claims go by the events then. What a disabled instance is owed stays. */
    private static final String RELEASE = """
            WITH held AS (
                SELECT id, least(greatest(chunk * 2, :first), :largest) AS next_chunk,
                       EXISTS (SELECT FROM owed_delivery WHERE endpoint_id = :id AND due_at <= now()) AS busy,
                       EXISTS (SELECT FROM instance
                                WHERE id = endpoint.instance_id AND disabled AND deleted_at IS NULL) AS disabled
                  FROM endpoint
                 WHERE id = :id AND breaker = 'recovering' AND breaker_generation = :generation),
            parked AS (
                SELECT endpoint_id, event_id, part FROM owed_delivery
                 WHERE endpoint_id = (SELECT id FROM held WHERE NOT busy AND NOT disabled) AND due_at IS NULL
                 ORDER BY event_id, part LIMIT (SELECT next_chunk FROM held) FOR UPDATE SKIP LOCKED),
            released AS (
                UPDATE owed_delivery AS owed SET due_at = now()
                  FROM parked
                 WHERE owed.endpoint_id = parked.endpoint_id AND owed.event_id = parked.event_id
                   AND owed.part = parked.part
                RETURNING owed.part),
            done AS (SELECT count(*) AS released FROM released)
            UPDATE endpoint
               SET breaker = CASE WHEN busy OR released > 0 THEN 'recovering' ELSE 'closed' END,
                   openings = CASE WHEN busy OR released > 0 THEN openings ELSE 0 END,
                   chunk = CASE WHEN released > 0 THEN next_chunk ELSE chunk END,
                   breaker_due_at = now() + :pause * interval '1 microsecond',
                   breaker_generation = breaker_generation + 1
              FROM held, done
             WHERE endpoint.id = held.id AND breaker_generation = :generation
            RETURNING released""";
    /** Steps from endpoint to endpoint over the index, however many rows each has. */
    private static final String RECOVER_LEFT_BEHIND = """
            WITH RECURSIVE parked (id) AS (
                (SELECT endpoint_id FROM owed_delivery
                  WHERE due_at IS NULL AND endpoint_id > :after ORDER BY endpoint_id LIMIT 1)
                 UNION ALL
                SELECT following.endpoint_id
                  FROM parked CROSS JOIN LATERAL (
                       SELECT endpoint_id FROM owed_delivery
                        WHERE due_at IS NULL AND endpoint_id > parked.id ORDER BY endpoint_id LIMIT 1) AS following),
            page AS MATERIALIZED (SELECT id FROM parked LIMIT :limit),
            recovering AS (
                UPDATE endpoint
                   SET breaker = 'recovering', breaker_due_at = now(), chunk = 0,
                       breaker_generation = breaker_generation + 1
                  FROM page
                 WHERE endpoint.id = page.id AND breaker = 'closed' AND state IN ('active', 'looped', 'deleted')
                   AND NOT EXISTS (SELECT FROM instance
                                    WHERE id = endpoint.instance_id AND disabled AND deleted_at IS NULL))
            SELECT CASE WHEN count(*) < :limit THEN -1 ELSE max(id) END AS last FROM page""";

    private final DatabaseClient database;

    public ParkedRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Parks what is due to an endpoint that is not called now, the longest due first. No attempt is counted.
     *
     * @return how many
     */
    public Mono<Long> park(long endpointId, int limit) {
        return database.sql(PARK)
                .bind("endpoint", endpointId)
                .bind("limit", limit)
                .fetch()
                .rowsUpdated();
    }

    /**
     * Lets the next chunk go, once the one before has been claimed; without anything left, or while its instance is disabled, the
     * breaker is closed.
     *
     * @return how many are due by this; empty when the claim does not hold any more
     */
    public Mono<Long> release(BreakerClaim claim) {
        return database.sql(RELEASE)
                .bind("id", claim.endpointId())
                .bind("generation", claim.generation())
                .bind("first", FIRST_CHUNK)
                .bind("largest", LARGEST_CHUNK)
                .bind("pause", BETWEEN_CHUNKS.toNanos() / 1_000)
                .map(row -> Objects.requireNonNull(row.get("released", Long.class)))
                .one();
    }

    /**
     * Finds endpoints that are called and have something parked nevertheless, and lets them recover: it may have been parked
     * in the very moment when the breaker was closed, or while the instance was disabled. So does what is parked for an
     * endpoint that is gone, to be ended.
     *
     * @param after only ids above this one; -1 to begin
     * @param limit endpoints looked at, at least 1
     * @return after which to go on; -1 after the last
     */
    public Mono<Long> recoverLeftBehind(long after, int limit) {
        return database.sql(RECOVER_LEFT_BEHIND)
                .bind("after", after)
                .bind("limit", limit)
                .map(row -> Objects.requireNonNull(row.get("last", Long.class)))
                .one();
    }
}
