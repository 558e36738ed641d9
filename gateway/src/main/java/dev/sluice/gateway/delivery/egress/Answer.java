package dev.sluice.gateway.delivery.egress;

import dev.sluice.persistence.eventlog.Body;
import org.jspecify.annotations.Nullable;

/**
 * What a callback answered.
 *
 * @param status the HTTP status, 101 or 200 to 999
 * @param retryAfter the header of that name, as it was, or null
 * @param date the answer's {@code Date}, as it was, or null
 * @param start the first KB of the body, empty for a success
 */
public record Answer(
        int status, @Nullable String retryAfter, @Nullable String date, Body start) {

    /** Whether the notification has arrived: any 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
