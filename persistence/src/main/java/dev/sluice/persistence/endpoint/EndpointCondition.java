package dev.sluice.persistence.endpoint;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Endpoint.Breaker;
import dev.sluice.persistence.instance.Endpoint.State;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is.
 *
 * @param changedAt when its state or its URL last changed
 * @param nextProbeAt when an open breaker is probed next, or null
 * @param failingSince when its breaker opened without a success since, or null
 * @param lastError what the callback last came to while its breaker was open, for people, or null
 * @param lastFailure what the last failed attempt at this URL came to, or null when none is remembered
 */
public record EndpointCondition(
        Endpoint endpoint,
        Instant changedAt,
        @Nullable Instant nextProbeAt,
        @Nullable Instant failingSince,
        @Nullable String lastError,
        @Nullable LastFailure lastFailure) {
    static EndpointCondition read(Readable row) {
        Breaker breaker = Breaker.valueOf(upper(row, "breaker"));
        return new EndpointCondition(
                new Endpoint(
                        requireNonNull(row.get("id", Long.class)),
                        requireNonNull(row.get("url", String.class)),
                        requireNonNull(row.get("position", Integer.class)),
                        State.valueOf(upper(row, "state")),
                        row.get("state_reason", String.class),
                        breaker,
                        FailurePolicy.valueOf(upper(row, "failure_policy")),
                        requireNonNull(row.get("url_number", Integer.class))),
                requireNonNull(row.get("changed_at", Instant.class)),
                breaker == Breaker.OPEN ? row.get("breaker_due_at", Instant.class) : null,
                row.get("failing_since", Instant.class),
                row.get("last_error", String.class),
                LastFailure.read(row));
    }

    private static String upper(Readable row, String column) {
        return requireNonNull(row.get(column, String.class)).toUpperCase(Locale.ROOT);
    }
}
