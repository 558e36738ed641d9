package dev.sluice.persistence.notification;

import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;

/**
 * What an instance's notifications show of it; nothing secret.
 *
 * @param tags in the order given, possibly empty
 */
public record NotifiedInstance(
        long id, long organizationId, long userId, String elementKey, String name, List<String> tags) {
    public NotifiedInstance {
        tags = List.copyOf(tags);
    }

    static NotifiedInstance read(Readable row) {
        return new NotifiedInstance(
                Objects.requireNonNull(row.get("id", Long.class)),
                Objects.requireNonNull(row.get("organization_id", Long.class)),
                Objects.requireNonNull(row.get("user_id", Long.class)),
                Objects.requireNonNull(row.get("element_key", String.class)),
                Objects.requireNonNull(row.get("name", String.class)),
                List.of(Objects.requireNonNull(row.get("tags", String[].class))));
    }
}
