package dev.sluice.persistence.attempt;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reads the attempt log. */
public final class AttemptRepository {
    /** Of what is {@code made}. An ending without a try went nowhere: it is its endpoint's. */
    private static final String ADDRESSED = """
            SELECT made.*, outcome <> 'none' AND made.url_number <> endpoint.url_number AS replaced,
                   CASE WHEN outcome = 'none' OR made.url_number = endpoint.url_number THEN endpoint.url
                        ELSE former.url END AS url
              FROM made
              LEFT JOIN endpoint ON endpoint.id = made.endpoint_id
              LEFT JOIN endpoint_former_url AS former
                ON former.endpoint_id = made.endpoint_id AND former.url_number = made.url_number
            """;

    private static final String OF_EVENT = """
            WITH made AS (
                SELECT event_id, endpoint_id, part, instance_id, attempt, attempted_at, outcome, ending, status,
                       duration_micros, response, error, coalesce(url_number, 1) AS url_number
                  FROM attempt
                 WHERE event_id = :event AND instance_id = :instance AND attempted_at >= :since
                   AND (attempted_at, endpoint_id, part, attempt) > (:at, :endpoint, :part, :number)
                 ORDER BY attempted_at, endpoint_id, part, attempt LIMIT :limit)
            """ + ADDRESSED + " ORDER BY attempted_at, made.endpoint_id, part, attempt";

    /** Each event's by the key of the partitions since its receipt; the newest, because those say what is wrong now. */
    private static final String OF_EVENTS =
            """
            WITH made AS (
                SELECT found.*, place
                  FROM unnest(:events, :instances, :times) WITH ORDINALITY
                           AS given (event_id, instance_id, received_at, place)
                 CROSS JOIN LATERAL (
                       SELECT event_id, endpoint_id, part, instance_id, attempt, attempted_at, outcome, ending, status,
                              duration_micros, NULL::bytea AS response, error, coalesce(url_number, 1) AS url_number
                         FROM attempt
                        WHERE attempt.event_id = given.event_id AND attempt.instance_id = given.instance_id
                          AND attempted_at >= given.received_at - interval '10 minutes'
                        ORDER BY attempted_at DESC, endpoint_id DESC, part DESC, attempt DESC LIMIT :limit) AS found)
            """ + ADDRESSED + " ORDER BY place, attempted_at, made.endpoint_id, part, attempt";

    private static final AttemptPlace BEGINNING = new AttemptPlace(Instant.EPOCH, 0, 0, 0);
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(10);

    private final Database database;

    public AttemptRepository(Database database) {
        this.database = database;
    }

    /**
     * The attempts of an event's deliveries and how they ended, the oldest first. By the log's key, in the partitions since
     * the event's receipt.
     *
     * @param after where the previous part ended, or null for the first
     * @param limit at least 1
     */
    public Flux<AddressedAttempt> ofEvent(EventId event, @Nullable AttemptPlace after, int limit) {
        AttemptPlace place = after == null ? BEGINNING : after;
        return database.client()
                .sql(OF_EVENT)
                .bind("event", event.id())
                .bind("instance", event.instanceId())
                .bind("since", event.receivedAt().minus(CLOCK_MARGIN))
                .bind("at", place.at())
                .bind("endpoint", place.endpointId())
                .bind("part", place.part())
                .bind("number", place.number())
                .bind("limit", limit)
                .map(AttemptRepository::addressed)
                .all();
    }

    /**
     * The newest attempts of each of these events, without what was answered: event by event in the order given, the oldest
     * first.
     *
     * @param events at most 200
     * @param limitEach at least 1
     */
    public Flux<AddressedAttempt> ofEvents(List<EventId> events, int limitEach) {
        return database.client()
                .sql(OF_EVENTS)
                .bind("events", events.stream().map(EventId::id).toArray(UUID[]::new))
                .bind("instances", events.stream().map(EventId::instanceId).toArray(Long[]::new))
                .bind("times", events.stream().map(EventId::receivedAt).toArray(Instant[]::new))
                .bind("limit", limitEach)
                .map(AttemptRepository::addressed)
                .all();
    }

    private static AddressedAttempt addressed(Readable row) {
        return new AddressedAttempt(
                attempt(row), row.get("url", String.class), Boolean.TRUE.equals(row.get("replaced", Boolean.class)));
    }

    private static Attempt attempt(Readable row) {
        byte[] response = row.get("response", byte[].class);
        return new Attempt(
                DeliveryId.of(row),
                row.get("attempt", Integer.class),
                row.get("attempted_at", Instant.class),
                row.get("outcome", String.class),
                ending(row.get("ending", String.class)),
                row.get("status", Integer.class),
                Duration.ofNanos(row.get("duration_micros", Long.class) * 1_000),
                response == null ? null : new Body(response),
                row.get("error", String.class),
                requireNonNull(row.get("url_number", Integer.class)));
    }

    private static Attempt.@Nullable Ending ending(@Nullable String name) {
        return name == null ? null : Attempt.Ending.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
