package dev.sluice.persistence.endpoint;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's last failed attempt came to.
 *
 * @param urlNumber which of the endpoint's URLs it was made to
 * @param at when it ended, by the database's clock
 * @param eventId the event's, within the endpoint's instance
 * @param words for people
 */
public record LastFailure(int urlNumber, Instant at, UUID eventId, String words) {
    static @Nullable LastFailure read(Readable row) {
        Instant at = row.get("failed_at", Instant.class);
        return at == null
                ? null
                : new LastFailure(
                        requireNonNull(row.get("url_number", Integer.class)),
                        at,
                        requireNonNull(row.get("event_id", UUID.class)),
                        requireNonNull(row.get("words", String.class)));
    }
}
