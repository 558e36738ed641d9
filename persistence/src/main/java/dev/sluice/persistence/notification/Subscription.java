package dev.sluice.persistence.notification;

import dev.sluice.persistence.instance.Endpoint.State;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of an instance whose events are switched on.
 *
 * @param id the endpoint's
 * @param reason why it gets no notifications, for people; null when it does
 * @param instanceDisabled whether the whole instance is
 * @param instanceCreatedAt its instances' order is the list's
 */
public record Subscription(
        long id,
        long instanceId,
        String elementKey,
        String url,
        State state,
        @Nullable String reason,
        boolean instanceDisabled,
        Instant instanceCreatedAt,
        Instant createdAt,
        Instant changedAt) {

    /** Whether it gets notifications. */
    public boolean active() {
        return state == State.ACTIVE && !instanceDisabled;
    }

    static Subscription read(Readable row) {
        return new Subscription(
                required(row, "id", Long.class),
                required(row, "instance_id", Long.class),
                required(row, "element_key", String.class),
                required(row, "url", String.class),
                State.valueOf(required(row, "state", String.class).toUpperCase(Locale.ROOT)),
                row.get("state_reason", String.class),
                required(row, "disabled", Boolean.class),
                required(row, "instance_created_at", Instant.class),
                required(row, "created_at", Instant.class),
                required(row, "changed_at", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
