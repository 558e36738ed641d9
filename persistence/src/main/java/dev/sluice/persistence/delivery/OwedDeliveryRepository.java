package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds and claims what is due. Due times and leases are the database's clock. */
public final class OwedDeliveryRepository {
    /**
     * Steps from endpoint to endpoint over the index, however many rows each has. Between two edges lie endpoints that are
     * looked for, on an edge one that is not: whoever has just claimed much from it would have to step over all of that as
     * long as some old snapshot is held open.
     */
    static final String ENDPOINTS_WITH_DUE_WORK = """
            WITH RECURSIVE owing (place, id, first_due) AS (
                SELECT 1, (CAST(:edges AS bigint[]))[1], CAST(NULL AS timestamptz)
                 UNION ALL
                SELECT following.place, following.id, following.first_due
                  FROM owing CROSS JOIN LATERAL (
                       (SELECT owing.place AS place, owed.endpoint_id AS id, owed.due_at AS first_due, 1 AS choice
                          FROM owed_delivery AS owed
                         WHERE owed.due_at IS NOT NULL AND owed.endpoint_id > owing.id
                           AND owed.endpoint_id < (CAST(:edges AS bigint[]))[owing.place + 1]
                         ORDER BY owed.endpoint_id, owed.due_at LIMIT 1)
                        UNION ALL
                       SELECT owing.place + 1, (CAST(:edges AS bigint[]))[owing.place + 1], NULL, 2
                        WHERE owing.place + 1 < cardinality(CAST(:edges AS bigint[]))
                        ORDER BY choice LIMIT 1) AS following)
            SELECT id, EXISTS (SELECT FROM endpoint WHERE endpoint.id = owing.id
                                 AND (breaker = 'open' OR state = 'deactivated')) AS shut,
                   EXISTS (SELECT FROM owed_delivery WHERE endpoint_id = owing.id AND order_key IS NOT NULL) AS in_lines
              FROM owing WHERE first_due <= now() LIMIT :limit""";

    static final String STILL_DUE = """
            SELECT known.id, EXISTS (SELECT FROM endpoint WHERE endpoint.id = known.id
                                       AND (breaker = 'open' OR state = 'deactivated')) AS shut,
                   EXISTS (SELECT FROM owed_delivery WHERE endpoint_id = known.id AND order_key IS NOT NULL) AS in_lines
              FROM unnest(CAST(:ids AS bigint[]), CAST(:dues AS timestamptz[]), CAST(:events AS uuid[]))
                   AS known (id, from_due, from_event)
             WHERE (SELECT true FROM owed_delivery AS owed
                     WHERE owed.endpoint_id = known.id AND owed.due_at <= now()
                       AND (owed.due_at, owed.event_id) >= (known.from_due, known.from_event)
                     ORDER BY owed.due_at, owed.event_id LIMIT 1)""";

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
     * @param without endpoints that are left out, because {@link #stillDue} tells about them
     */
    public Flux<DueEndpoint> endpointsWithDueWork(long after, int limit, Collection<Long> without) {
        return database.client()
                .sql(ENDPOINTS_WITH_DUE_WORK)
                .bind("edges", edges(after, without))
                .bind("limit", limit)
                .map(OwedDeliveryRepository::due)
                .all();
    }

    static Long[] edges(long after, Collection<Long> without) {
        return LongStream.concat(
                        LongStream.of(after, Long.MAX_VALUE),
                        without.stream().mapToLong(Long::longValue).filter(id -> id > after))
                .sorted()
                .boxed()
                .toArray(Long[]::new);
    }

    /**
     * Which of these endpoints something is due to.
     *
     * @param from by endpoint, where to begin to look
     */
    public Flux<DueEndpoint> stillDue(Map<Long, DuePosition> from) {
        if (from.isEmpty()) {
            return Flux.empty();
        }
        List<Map.Entry<Long, DuePosition>> each = List.copyOf(from.entrySet());
        return database.client()
                .sql(STILL_DUE)
                .bind("ids", each.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                .bind("dues", each.stream().map(one -> one.getValue().dueAt()).toArray(Instant[]::new))
                .bind(
                        "events",
                        each.stream().map(one -> one.getValue().eventId()).toArray(UUID[]::new))
                .map(OwedDeliveryRepository::due)
                .all();
    }

    private static DueEndpoint due(Readable row) {
        return new DueEndpoint(
                row.get("id", Long.class), row.get("shut", Boolean.class), row.get("in_lines", Boolean.class));
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
