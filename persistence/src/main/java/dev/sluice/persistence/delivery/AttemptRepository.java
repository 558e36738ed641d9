package dev.sluice.persistence.delivery;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reads the attempt log. */
public final class AttemptRepository {
    private static final String OF_EVENT = """
            SELECT event_id, endpoint_id, part, instance_id, attempt, attempted_at, outcome, ending, status,
                   duration_micros, response, error
              FROM attempt
             WHERE event_id = :event AND instance_id = :instance AND attempted_at >= :since
             ORDER BY attempted_at, endpoint_id, part LIMIT :limit""";
    private static final int LIMIT = 1_000;
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(10);

    private final Database database;

    public AttemptRepository(Database database) {
        this.database = database;
    }

    /** The attempts of an event's deliveries and how they ended, the oldest first; at most 1,000. */
    public Flux<Attempt> ofEvent(EventId event) {
        return database.client()
                .sql(OF_EVENT)
                .bind("event", event.id())
                .bind("instance", event.instanceId())
                .bind("since", event.receivedAt().minus(CLOCK_MARGIN))
                .bind("limit", LIMIT)
                .map(AttemptRepository::attempt)
                .all();
    }

    private static Attempt attempt(Readable row) {
        byte[] response = row.get("response", byte[].class);
        return new Attempt(
                OwedStatements.id(row),
                row.get("attempt", Integer.class),
                row.get("attempted_at", Instant.class),
                row.get("outcome", String.class),
                ending(row.get("ending", String.class)),
                row.get("status", Integer.class),
                Duration.ofNanos(row.get("duration_micros", Long.class) * 1_000),
                response == null ? null : new Body(response),
                row.get("error", String.class));
    }

    private static Attempt.@Nullable Ending ending(@Nullable String name) {
        return name == null ? null : Attempt.Ending.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
