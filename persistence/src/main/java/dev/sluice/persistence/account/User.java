package dev.sluice.persistence.account;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.time.Instant;

/** Someone who calls the API for an organization. */
public record User(
        long id, long organizationId, String emailAddress, String firstName, String lastName, Instant createdAt) {
    static User read(Readable row) {
        return new User(
                requireNonNull(row.get("id", Long.class)),
                requireNonNull(row.get("organization_id", Long.class)),
                requireNonNull(row.get("email_address", String.class)),
                requireNonNull(row.get("first_name", String.class)),
                requireNonNull(row.get("last_name", String.class)),
                requireNonNull(row.get("created_at", Instant.class)));
    }
}
