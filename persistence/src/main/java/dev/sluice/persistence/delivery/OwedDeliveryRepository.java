package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
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
                                 AND (breaker = 'open' OR state = 'deactivated')) AS shut,
                   EXISTS (SELECT FROM owed_delivery WHERE endpoint_id = owing.id AND order_key IS NOT NULL) AS in_lines
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
                     WHERE endpoint_id = :endpoint AND due_at <= now() AND order_key IS NULL
                       AND (due_at, event_id) >= (:from_due, :from_event)
                       AND NOT EXISTS (SELECT FROM endpoint WHERE id = :endpoint
                                          AND (breaker = 'open' OR state = 'deactivated'))
                     ORDER BY due_at, event_id LIMIT :limit FOR UPDATE SKIP LOCKED) AS due
             WHERE owed.endpoint_id = due.endpoint_id AND owed.event_id = due.event_id AND owed.part = due.part
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, due.due_at AS was_due_at, owed.order_key,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    /**
     * The one after the last probe's, or else the first: so all get their turn, and none can keep the breaker open. Where that
     * stands in a line, the first of any line instead, which may wait for its next attempt.
     */
    static final String CLAIM_PROBE = """
            WITH next AS (
                (SELECT event_id, part, order_key, 1 AS choice FROM owed_delivery
                  WHERE endpoint_id = :endpoint AND due_at IS NULL
                    AND event_id > (SELECT probed_event_id FROM endpoint WHERE id = :endpoint)
                  ORDER BY event_id, part LIMIT 1)
                 UNION ALL
                (SELECT event_id, part, order_key, 2 FROM owed_delivery
                  WHERE endpoint_id = :endpoint AND due_at IS NULL ORDER BY event_id, part LIMIT 1)
                 ORDER BY choice LIMIT 1),
            chosen AS (
                SELECT event_id, part FROM next WHERE order_key IS NULL
                 UNION ALL
                (SELECT first.event_id, first.part
                   FROM next CROSS JOIN LATERAL (
                        (SELECT 1 AS choice, any_line.* FROM owed_delivery AS any_line
                          WHERE endpoint_id = :endpoint AND any_line.order_key >= :any_line
                          ORDER BY any_line.order_key, position LIMIT 1)
                         UNION ALL
                        (SELECT 2, own_line.* FROM owed_delivery AS own_line
                          WHERE endpoint_id = :endpoint AND own_line.order_key = next.order_key
                          ORDER BY position LIMIT 1)) AS first
                  WHERE next.order_key IS NOT NULL AND (first.due_at IS NULL OR first.claims = 0)
                  ORDER BY first.choice LIMIT 1))
            UPDATE owed_delivery AS owed
               SET due_at = now() + :lease_micros * interval '1 microsecond', behind = false,
                   generation = owed.generation + 1, claims = owed.claims + 1
              FROM chosen
             WHERE owed.endpoint_id = :endpoint AND owed.event_id = chosen.event_id AND owed.part = chosen.part
               AND (owed.due_at IS NULL OR owed.order_key IS NOT NULL AND owed.claims = 0)
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, CAST(NULL AS timestamptz) AS was_due_at, owed.order_key,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    private final Database database;

    public OwedDeliveryRepository(Database database) {
        this.database = database;
    }

    /**
     * An endpoint that something is due to.
     *
     * @param shut whether it is deactivated or its breaker is open, so that what is due is to be parked
     * @param inLines whether something that is owed to it stands in a line
     */
    public record DueEndpoint(long id, boolean shut, boolean inLines) {}

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
                .map(row -> new DueEndpoint(
                        row.get("id", Long.class), row.get("shut", Boolean.class), row.get("in_lines", Boolean.class)))
                .all();
    }

    /**
     * Claims what is due to an endpoint and stands in no line, the longest due first; nothing while its breaker is open or it
     * is deactivated. No other node gets it before the lease ends.
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
                .map(ClaimedDelivery::of)
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
                .bind("any_line", ThreadLocalRandom.current().nextLong())
                .map(ClaimedDelivery::of)
                .one();
    }
}
