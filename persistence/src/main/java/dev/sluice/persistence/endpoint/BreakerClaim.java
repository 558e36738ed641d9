package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.instance.Endpoint.Breaker;
import io.r2dbc.spi.Readable;
import java.util.Locale;
import java.util.Objects;

/**
 * An endpoint's breaker that this node looks after under a lease.
 *
 * @param breaker open, to be probed, or recovering, to be given more
 * @param generation this claim's number; a change with an older one changes nothing
 */
public record BreakerClaim(long endpointId, Breaker breaker, int generation) {
    static BreakerClaim read(Readable row) {
        return new BreakerClaim(
                Objects.requireNonNull(row.get("id", Long.class)),
                Breaker.valueOf(
                        Objects.requireNonNull(row.get("breaker", String.class)).toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(row.get("breaker_generation", Integer.class)));
    }
}
