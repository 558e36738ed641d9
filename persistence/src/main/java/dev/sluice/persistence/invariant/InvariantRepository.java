package dev.sluice.persistence.invariant;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Reads whether the invariants hold, of the whole installation, for a price that does not grow with the log. */
public final class InvariantRepository {
    /** Steps from endpoint to endpoint over the index. What is owed to an endpoint that gets nothing now waits rightly. */
    private static final String OVERDUE = """
            WITH RECURSIVE owing (id, first_due) AS (
                (SELECT endpoint_id, due_at FROM owed_delivery
                  WHERE due_at IS NOT NULL ORDER BY endpoint_id, due_at LIMIT 1)
                 UNION ALL
                SELECT following.endpoint_id, following.due_at
                  FROM owing CROSS JOIN LATERAL (
                       SELECT owed.endpoint_id, owed.due_at FROM owed_delivery AS owed
                        WHERE owed.due_at IS NOT NULL AND owed.endpoint_id > owing.id
                        ORDER BY owed.endpoint_id, owed.due_at LIMIT 1) AS following)
            SELECT head.endpoint_id, head.event_id, head.part, head.instance_id, head.due_at
              FROM owing CROSS JOIN LATERAL (
                   SELECT * FROM owed_delivery
                    WHERE endpoint_id = owing.id AND due_at = owing.first_due
                    ORDER BY event_id LIMIT 1) AS head
             WHERE owing.first_due < now() - :longer_micros * interval '1 microsecond'
               AND NOT EXISTS (SELECT FROM endpoint
                                WHERE id = owing.id AND (breaker = 'open' OR state = 'deactivated'))
             LIMIT :limit""";

    /**
     * Of each instance the first few and the last few events of some minutes; or from where some node's watermark stands
     * still, which is where a loss would be.
     */
    private static final String SAMPLED = """
            span AS MATERIALIZED (
                SELECT since, until, (lpad(to_hex((extract(epoch FROM since) * 1000)::bigint), 12, '0')
                                      || '00000000000000000000')::uuid AS first_id,
                       (lpad(to_hex((extract(epoch FROM until) * 1000)::bigint), 12, '0')
                        || '00000000000000000000')::uuid AS end_id
                  FROM (SELECT least(settled - interval '8 minutes',
                                     (SELECT min(watermark_at) FROM epoch WHERE recovered_at IS NULL)) AS since,
                               settled AS until
                          FROM (SELECT now() - :settled_micros * interval '1 microsecond' AS settled) AS clock) AS times),
            looked_at AS MATERIALIZED (
                SELECT sample.* FROM (SELECT id FROM instance WHERE id > :after ORDER BY id LIMIT :instances) AS looked
                 CROSS JOIN LATERAL (
                       (SELECT instance_id, id, received_at, endpoint_ids, parts FROM event
                         WHERE instance_id = looked.id
                           AND id >= (SELECT first_id FROM span) AND id < (SELECT end_id FROM span)
                           AND received_at >= (SELECT since FROM span) AND received_at < (SELECT until FROM span)
                         ORDER BY id LIMIT :events)
                        UNION
                       (SELECT instance_id, id, received_at, endpoint_ids, parts FROM event
                         WHERE instance_id = looked.id
                           AND id >= (SELECT first_id FROM span) AND id < (SELECT end_id FROM span)
                           AND received_at >= (SELECT since FROM span) AND received_at < (SELECT until FROM span)
                         ORDER BY id DESC LIMIT :events)) AS sample)""";

    private static final String GIVEN = """
            looked_at AS MATERIALIZED (
                SELECT event.instance_id, event.id, event.received_at, event.endpoint_ids, event.parts
                  FROM unnest(:instance_ids, :ids, :times) AS given (instance_id, id, received_at)
                  JOIN event ON event.instance_id = given.instance_id AND event.id = given.id
                        AND event.received_at = given.received_at)""";

    /** A delivery is accounted for when it has an ending or an owed row. */
    private static final String UNACCOUNTED = """
            WITH %s
            SELECT endpoint.id AS endpoint_id, looked_at.id AS event_id, part, looked_at.instance_id
              FROM looked_at
             CROSS JOIN LATERAL unnest(looked_at.endpoint_ids) AS endpoint (id)
             CROSS JOIN LATERAL generate_series(0, looked_at.parts - 1) AS part
             WHERE NOT EXISTS (
                   SELECT FROM attempt
                    WHERE attempt.event_id = looked_at.id AND attempt.endpoint_id = endpoint.id
                      AND attempt.part = part AND attempt.ending IS NOT NULL
                      AND attempt.attempted_at >= looked_at.received_at - interval '10 minutes')
               AND NOT EXISTS (
                   SELECT FROM owed_delivery AS owed
                    WHERE owed.endpoint_id = endpoint.id AND owed.event_id = looked_at.id AND owed.part = part)
             LIMIT :limit""";

    private static final String SAMPLED_UNACCOUNTED = UNACCOUNTED.formatted(SAMPLED);
    private static final String GIVEN_UNACCOUNTED = UNACCOUNTED.formatted(GIVEN);
    private static final String PAGE = "SELECT id FROM instance WHERE id > :after ORDER BY id LIMIT :instances";
    private static final int EVENTS_AT_EITHER_END = 10;

    private final DatabaseClient database;

    public InvariantRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Of each endpoint that may be sent to, the delivery that its claims come to first, if that has been due for longer
     * than that.
     *
     * @param limit at most so many endpoints
     */
    public Flux<HeadOfLine> overdue(Duration longer, int limit) {
        return database.sql(OVERDUE)
                .bind("longer_micros", longer.toNanos() / 1_000)
                .bind("limit", limit)
                .map(row -> new HeadOfLine(delivery(row), Objects.requireNonNull(row.get("due_at", Instant.class))))
                .all();
    }

    /**
     * A sample of recent events' deliveries that are not accounted for.
     *
     * @param settled how old events are at least: younger ones may be in a node's memory
     * @param after instances above this id
     * @param instances of at most so many of them
     * @param limit at most so many deliveries
     */
    public Flux<DeliveryId> unaccounted(Duration settled, long after, int instances, int limit) {
        return database.sql(SAMPLED_UNACCOUNTED)
                .bind("settled_micros", settled.toNanos() / 1_000)
                .bind("after", after)
                .bind("instances", instances)
                .bind("events", EVENTS_AT_EITHER_END)
                .bind("limit", limit)
                .map(InvariantRepository::delivery)
                .all();
    }

    /** The ids of the instances that such a sample looks at. */
    public Flux<Long> sampled(long after, int instances) {
        return database.sql(PAGE)
                .bind("after", after)
                .bind("instances", instances)
                .map(row -> Objects.requireNonNull(row.get("id", Long.class)))
                .all();
    }

    /**
     * The deliveries of these events that are not accounted for; none of events that retention has taken.
     *
     * @param limit at most so many
     */
    public Flux<DeliveryId> unaccounted(Collection<EventId> events, int limit) {
        if (events.isEmpty()) {
            return Flux.empty();
        }
        return database.sql(GIVEN_UNACCOUNTED)
                .bind("instance_ids", events.stream().map(EventId::instanceId).toArray(Long[]::new))
                .bind("ids", events.stream().map(EventId::id).toArray(UUID[]::new))
                .bind("times", events.stream().map(EventId::receivedAt).toArray(Instant[]::new))
                .bind("limit", limit)
                .map(InvariantRepository::delivery)
                .all();
    }

    private static DeliveryId delivery(Readable row) {
        EventId event = new EventId(
                Objects.requireNonNull(row.get("instance_id", Long.class)),
                Objects.requireNonNull(row.get("event_id", UUID.class)));
        return new DeliveryId(
                event,
                Objects.requireNonNull(row.get("endpoint_id", Long.class)),
                Objects.requireNonNull(row.get("part", Integer.class)));
    }
}
