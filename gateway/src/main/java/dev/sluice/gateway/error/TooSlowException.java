package dev.sluice.gateway.error;

import java.time.Duration;
import org.springframework.http.HttpStatus;

/** 408: the request did not arrive to its end in time. */
public final class TooSlowException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param limit how long it may take */
    public TooSlowException(Duration limit) {
        super(HttpStatus.REQUEST_TIMEOUT, "body: not complete (expected: within " + limit.toSeconds() + " s)");
    }
}
