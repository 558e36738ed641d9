package dev.sluice.persistence.account;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;

/** Whose instances and events are whose: nothing crosses from one organization to another. */
public record Organization(long id, String name, Instant createdAt) {
    static Organization read(Readable row) {
        return new Organization(
                requireNonNull(row.get("id", Long.class)),
                requireNonNull(row.get("name", String.class)),
                requireNonNull(row.get("created_at", Instant.class)));
    }
}
