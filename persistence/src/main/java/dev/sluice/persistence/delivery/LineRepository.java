package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Claims what is due to endpoints that something stands in line for. What is due and is not the first of its line is set
 * aside: it gets a due time far off, so that it is read only once, and is due again when it is the first.
 */
public final class LineRepository {
    /** Of what is due, so much is looked at; with all of it set aside, the next look begins behind it. */
    private static final int EXAMINED = 1_000;

    /** Nothing should wait for this: it is for rows that somebody removed without making the next one due. */
    private static final Duration ASIDE = Duration.ofHours(1);

    /**
     * Reads no further than it takes. What stands before a row in its line when this statement begins was there when the row
     * was asked for; what comes before it later was asked for at the same time, and either may be the first.
     */
    static final String CLAIM_FIRST = """
            UPDATE owed_delivery AS owed
               SET due_at = now() + :lease_micros * interval '1 microsecond', behind = false,
                   generation = owed.generation + 1, claims = owed.claims + 1
              FROM (SELECT due.endpoint_id, due.event_id, due.part, due.due_at, chosen.place
                      FROM (SELECT event_id, part, place
                              FROM (SELECT event_id, part, order_key, position,
                                           row_number() OVER (ORDER BY due_at, event_id) AS place
                                      FROM owed_delivery
                                     WHERE endpoint_id = :endpoint AND due_at <= now()
                                       AND (due_at, event_id) >= (:from_due, :from_event)
                                       AND (:repeats OR attempts = 0)
                                       AND NOT EXISTS (SELECT FROM endpoint WHERE id = :endpoint
                                                          AND (breaker = 'open' OR state = 'deactivated'))
                                     ORDER BY due_at, event_id LIMIT :examined) AS candidate
                             WHERE order_key IS NULL
                                OR position = (SELECT line.position FROM owed_delivery AS line
                                                WHERE line.endpoint_id = :endpoint
                                                  AND line.order_key = candidate.order_key
                                                ORDER BY line.position LIMIT 1)
                             LIMIT :limit) AS chosen
                      JOIN owed_delivery AS due
                        ON due.endpoint_id = :endpoint AND due.event_id = chosen.event_id AND due.part = chosen.part
                     WHERE due.due_at <= now()
                       FOR UPDATE OF due SKIP LOCKED) AS due
             WHERE owed.endpoint_id = due.endpoint_id AND owed.event_id = due.event_id AND owed.part = due.part
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.attempts, owed.probes,
                      owed.generation, owed.claims, due.due_at AS was_due_at, owed.order_key, due.place,
                      (extract(epoch FROM now() - owed.first_failed_at) * 1000000)::bigint AS failing_micros""";

    /**
     * Holds the first of a line while others of it are set aside: whoever removes it waits that long, and then finds them.
     * One that is just being removed is not there to be held, and nothing is set aside behind it. Waits for nobody, because
     * others may wait for what it holds.
     */
    static final String SET_ASIDE = """
            WITH candidate AS MATERIALIZED (
                SELECT event_id, part, order_key, position FROM owed_delivery
                 WHERE endpoint_id = :endpoint AND due_at <= now() AND (due_at, event_id) >= (:from_due, :from_event)
                 ORDER BY due_at, event_id LIMIT :examined),
            first AS MATERIALIZED (
                SELECT line.* FROM (SELECT DISTINCT order_key FROM candidate WHERE order_key IS NOT NULL) AS wanted
                 CROSS JOIN LATERAL (
                       SELECT event_id, part, order_key, position FROM owed_delivery AS owed
                        WHERE owed.endpoint_id = :endpoint AND owed.order_key = wanted.order_key
                        ORDER BY owed.position LIMIT 1) AS line),
            held AS MATERIALIZED (
                SELECT owed.order_key, owed.position FROM first
                  JOIN owed_delivery AS owed
                    ON owed.endpoint_id = :endpoint AND owed.event_id = first.event_id AND owed.part = first.part
                 WHERE EXISTS (SELECT FROM candidate
                                WHERE candidate.order_key = first.order_key AND candidate.position > first.position)
                   FOR KEY SHARE OF owed SKIP LOCKED),
            later AS MATERIALIZED (
                SELECT owed.event_id, owed.part FROM held
                  JOIN candidate ON candidate.order_key = held.order_key AND candidate.position > held.position
                  JOIN owed_delivery AS owed
                    ON owed.endpoint_id = :endpoint AND owed.event_id = candidate.event_id AND owed.part = candidate.part
                 WHERE owed.due_at <= now()
                   FOR NO KEY UPDATE OF owed SKIP LOCKED)
            UPDATE owed_delivery AS owed SET due_at = now() + :aside_micros * interval '1 microsecond', behind = true
              FROM later
             WHERE owed.endpoint_id = :endpoint AND owed.event_id = later.event_id AND owed.part = later.part""";

    private final DatabaseClient database;

    public LineRepository(Database database) {
        this.database = database.client();
    }

    /**
     * What was claimed of an endpoint.
     *
     * @param others whether something else may be due that is not the first of its line
     */
    public record Turn(List<ClaimedDelivery> claims, boolean others) {
        public Turn {
            claims = List.copyOf(claims);
        }
    }

    /**
     * What may be claimed. Repeats that may not be are passed over, however many they are: they take no first attempt's place.
     *
     * @param count no more than can be started now
     * @param repeats whether what was attempted before may be claimed, too
     */
    public record Most(int count, boolean repeats) {}

    private record Placed(ClaimedDelivery claim, long place) {
        static Placed of(Readable row) {
            return new Placed(ClaimedDelivery.of(row), Objects.requireNonNull(row.get("place", Long.class)));
        }
    }

    /**
     * Claims what is due to an endpoint, in a line or in none: of each line at most its first. Otherwise as
     * {@link OwedDeliveryRepository#claimDue}.
     */
    public Mono<Turn> claimFirst(long endpointId, DuePosition from, Duration lease, Most most) {
        return onEndpoint(CLAIM_FIRST, endpointId, from)
                .bind("lease_micros", lease.toNanos() / 1_000)
                .bind("limit", most.count())
                .bind("repeats", most.repeats())
                .map(Placed::of)
                .all()
                .collectList()
                .map(placed -> turn(placed, most.count()));
    }

    private static Turn turn(List<Placed> placed, int limit) {
        long last = placed.stream().mapToLong(Placed::place).max().orElse(0);
        return new Turn(placed.stream().map(Placed::claim).toList(), placed.size() < limit || last > placed.size());
    }

    /**
     * Sets aside what is due and not the first of its line.
     *
     * @return how many rows
     */
    public Mono<Long> setAside(long endpointId, DuePosition from) {
        return onEndpoint(SET_ASIDE, endpointId, from)
                .bind("aside_micros", ASIDE.toNanos() / 1_000)
                .fetch()
                .rowsUpdated();
    }

    private DatabaseClient.GenericExecuteSpec onEndpoint(String statement, long endpointId, DuePosition from) {
        return database.sql(statement)
                .bind("endpoint", endpointId)
                .bind("from_due", from.dueAt())
                .bind("from_event", from.eventId())
                .bind("examined", EXAMINED);
    }
}
