package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds and claims what is due. Due times and leases are the database's clock. */
public final class OwedDeliveryRepository {
    /** Steps from endpoint to endpoint over the index, however many rows each has. */
    private static final String ENDPOINTS_WITH_DUE_WORK = """
            WITH RECURSIVE owing (id, first_due) AS (
                (SELECT endpoint_id, due_at FROM owed_delivery
                  WHERE due_at IS NOT NULL AND endpoint_id > :after
                  ORDER BY endpoint_id, due_at LIMIT 1)
                 UNION ALL
                SELECT following.endpoint_id, following.due_at
                  FROM owing CROSS JOIN LATERAL (
                       SELECT owed.endpoint_id, owed.due_at FROM owed_delivery AS owed
                        WHERE owed.due_at IS NOT NULL AND owed.endpoint_id > owing.id
                        ORDER BY owed.endpoint_id, owed.due_at LIMIT 1) AS following)
            SELECT id, EXISTS (SELECT FROM endpoint WHERE endpoint.id = owing.id
                                 AND (breaker = 'open' OR state = 'deactivated')) AS shut
              FROM owing WHERE first_due <= now() LIMIT :limit""";

    /**
     * In order from a place on: while some old snapshot is held open, what was claimed before that place leaves entries in the
     * index that would have to be stepped over.
     */
    static final String CLAIM_DUE = """
            UPDATE owed_delivery AS owed
               SET due_at = now() + :lease_micros * interval '1 microsecond',
                   generation = owed.generation + 1, claims = owed.claims + 1
              FROM (SELECT endpoint_id, event_id, part, due_at FROM owed_delivery
                     WHERE endpoint_id = :endpoint AND due_at <= now()
                       AND (due_at, event_id) >= (:from_due, :from_event)
                       AND NOT EXISTS (SELECT FROM endpoint WHERE id = :endpoint
                                          AND (breaker = 'open' OR state = 'deactivated'))
                     ORDER BY due_at, event_id LIMIT :limit FOR UPDATE SKIP LOCKED) AS due
             WHERE owed.endpoint_id = due.endpoint_id AND owed.event_id = due.event_id AND owed.part = due.part
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, due.due_at AS was_due_at,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    /** The one after the last probe's, or else the first: so all get their turn, and none can keep the breaker open. */
    private static final String CLAIM_PROBE = """
            WITH chosen AS (
                (SELECT event_id, part, 1 AS choice FROM owed_delivery
                  WHERE endpoint_id = :endpoint AND due_at IS NULL
                    AND event_id > (SELECT probed_event_id FROM endpoint WHERE id = :endpoint)
                  ORDER BY event_id, part LIMIT 1)
                 UNION ALL
                (SELECT event_id, part, 2 FROM owed_delivery
                  WHERE endpoint_id = :endpoint AND due_at IS NULL ORDER BY event_id, part LIMIT 1)
                 ORDER BY choice LIMIT 1)
            UPDATE owed_delivery AS owed
               SET due_at = now() + :lease_micros * interval '1 microsecond',
                   generation = owed.generation + 1, claims = owed.claims + 1
              FROM chosen
             WHERE owed.endpoint_id = :endpoint AND owed.event_id = chosen.event_id AND owed.part = chosen.part
               AND owed.due_at IS NULL
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, CAST(NULL AS timestamptz) AS was_due_at,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    private final Database database;

    public OwedDeliveryRepository(Database database) {
        this.database = database;
    }

    /**
     * An endpoint that something is due to.
     *
     * @param shut whether it is deactivated or its breaker is open, so that what is due is to be parked
     */
    public record DueEndpoint(long id, boolean shut) {}

    /**
     * Endpoints that something is due to, by id.
     *
     * @param after only ids above this one, so that all get their turn; -1 to begin
     * @param limit at least 1
     */
    public Flux<DueEndpoint> endpointsWithDueWork(long after, int limit) {
        return database.client()
                .sql(ENDPOINTS_WITH_DUE_WORK)
                .bind("after", after)
                .bind("limit", limit)
                .map(row -> new DueEndpoint(row.get("id", Long.class), row.get("shut", Boolean.class)))
                .all();
    }

    /**
     * Claims what is due to an endpoint, the longest due first; nothing while its breaker is open or it is
     * deactivated. No other node gets it before the lease ends.
     *
     * @param from nothing before this place is claimed, however due it is; {@link DuePosition#FIRST} leaves nothing out
     * @param lease how long the claim holds
     * @param limit no more than can be started now
     */
    public Flux<ClaimedDelivery> claimDue(long endpointId, DuePosition from, Duration lease, int limit) {
        return database.client()
                .sql(CLAIM_DUE)
                .bind("endpoint", endpointId)
                .bind("lease_micros", lease.toNanos() / 1_000)
                .bind("limit", limit)
                .bind("from_due", from.dueAt())
                .bind("from_event", from.eventId())
                .map(OwedDeliveryRepository::claim)
                .all();
    }

    /**
     * Claims one parked delivery of an endpoint, to probe its open breaker with.
     *
     * @return empty when nothing is parked
     */
    public Mono<ClaimedDelivery> claimProbe(long endpointId, Duration lease) {
        return database.client()
                .sql(CLAIM_PROBE)
                .bind("endpoint", endpointId)
                .bind("lease_micros", lease.toNanos() / 1_000)
                .map(OwedDeliveryRepository::claim)
                .one();
    }

    static ClaimedDelivery claim(Readable row) {
        Long failingMicros = row.get("failing_micros", Long.class);
        return new ClaimedDelivery(
                OwedStatements.id(row),
                row.get("attempts", Integer.class),
                row.get("probes", Integer.class),
                failingMicros == null ? null : Duration.ofNanos(failingMicros * 1_000),
                row.get("generation", Integer.class),
                row.get("claims", Integer.class),
                row.get("was_due_at", Instant.class));
    }
}
