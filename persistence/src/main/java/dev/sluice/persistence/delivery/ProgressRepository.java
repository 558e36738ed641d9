package dev.sluice.persistence.delivery;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;

/** Sums the attempt log up, for a page of events at once. */
public final class ProgressRepository {
    private static final String OF_EVENTS = """
            SELECT event_id, count(*) AS attempts, count(*) FILTER (WHERE ending = 'delivered') AS delivered,
                   count(ending) AS ended
              FROM attempt
             WHERE event_id = ANY(:events) AND instance_id = :instance AND attempted_at >= :since
             GROUP BY event_id""";

    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(10);

    private final Database database;

    public ProgressRepository(Database database) {
        this.database = database;
    }

    /**
     * The progress of those of the events that were attempted at all, in any order.
     *
     * @param events of one instance, at most 200
     */
    public Flux<Progress> ofEvents(long instanceId, Collection<UUID> events) {
        Instant oldest =
                events.stream().map(EventId::receivedAt).min(Instant::compareTo).orElse(Instant.EPOCH);
        return database.client()
                .sql(OF_EVENTS)
                .bind("events", events.toArray(UUID[]::new))
                .bind("instance", instanceId)
                .bind("since", oldest.minus(CLOCK_MARGIN))
                .map(ProgressRepository::progress)
                .all();
    }

    private static Progress progress(Readable row) {
        return new Progress(
                requireNonNull(row.get("event_id", UUID.class)),
                requireNonNull(row.get("attempts", Long.class)),
                requireNonNull(row.get("delivered", Long.class)),
                requireNonNull(row.get("ended", Long.class)));
    }
}
