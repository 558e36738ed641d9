package dev.sluice.persistence.backlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much one endpoint is owed.
 *
 * @param owed deliveries; not counted beyond {@link #COUNTED_MAX}
 * @param oldest when the oldest of their events was received, or null when nothing is owed
 */
public record EndpointBacklog(
        long endpointId, long owed, @Nullable Instant oldest) {
    /** Whoever reads this number as {@code owed} knows that there may be more. */
    public static final long COUNTED_MAX = 1_000;
}
