package dev.sluice.persistence.figures;

import java.time.Instant;

/**
 * A minute of an endpoint.
 *
 * @param endpointId {@link #ALL} stands for all of the organization's
 * @param minute its beginning, by the database's clock
 */
public record AttemptMinute(long organizationId, long endpointId, Instant minute) {
    /** All endpoints of an organization together. */
    public static final long ALL = 0;
}
