package dev.sluice.persistence.backlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much an organization's endpoints are owed.
 *
 * @param owed deliveries; not counted beyond {@link #COUNTED_MAX}
 * @param endpoints that anything is owed to, of those that were looked at
 * @param oldest when the oldest of their events was received, or null when nothing is owed
 */
public record OrganizationBacklog(
        long owed, long endpoints, @Nullable Instant oldest) {
    /** Whoever reads this number as {@code owed} knows that there may be more. */
    public static final long COUNTED_MAX = 10_000;
}
