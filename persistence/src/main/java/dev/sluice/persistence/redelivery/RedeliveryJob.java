package dev.sluice.persistence.redelivery;

import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order to send many events of one instance again.
 *
 * @param filter which events
 * @param from where it began; null in an order of an earlier version
 * @param after all of them up to this place are done
 * @param before where it ends; no event from then on counts
 * @param events sent again so far
 * @param deliveries of these events, made owed again so far
 * @param generation this claim's number
 */
public record RedeliveryJob(
        long id,
        EventFilter filter,
        @Nullable UUID from,
        UUID after,
        UUID before,
        State state,
        long events,
        long deliveries,
        int generation,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether it goes on. */
    public enum State {
        /** It does. */
        RUNNING,
        /** It has gone through all. */
        DONE,
        /** It was stopped on the way. */
        CANCELLED
    }

    /** The instance whose events it is about. */
    public long instanceId() {
        Long instance = filter.instanceId();
        if (instance == null) {
            throw new IllegalStateException("job " + id + ": no instance (expected: every job has one)");
        }
        return instance;
    }

    static RedeliveryJob of(Readable row) {
        String status = row.get("status", String.class);
        EventFilter filter = new EventFilter(
                row.get("organization_id", Long.class),
                row.get("instance_id", Long.class),
                null,
                null,
                status == null ? null : EventStatus.valueOf(status),
                null,
                text(row, "object_type"),
                text(row, "object_id"),
                text(row, "id_text"),
                text(row, "event_type"));
        return new RedeliveryJob(
                row.get("id", Long.class),
                filter,
                row.get("from_id", UUID.class),
                row.get("after_id", UUID.class),
                row.get("before_id", UUID.class),
                State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
                row.get("events", Long.class),
                row.get("deliveries", Long.class),
                row.get("generation", Integer.class),
                row.get("created_at", Instant.class),
                row.get("updated_at", Instant.class));
    }

    private static @Nullable String text(Readable row, String column) {
        return row.get(column, String.class);
    }
}
