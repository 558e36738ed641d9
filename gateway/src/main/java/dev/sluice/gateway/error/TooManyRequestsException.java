package dev.sluice.gateway.error;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** 429: more requests than are allowed in the time. Nothing was done; it is to be sent again. */
public final class TooManyRequestsException extends RequestException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param message how many are allowed
     * @param retryAfter when to try again, told to the sender in whole seconds, at least one
     */
    public TooManyRequestsException(String message, Duration retryAfter) {
        super(HttpStatus.TOO_MANY_REQUESTS, message);
        this.retryAfter = retryAfter;
    }

    @Override
    void addTo(HttpHeaders headers) {
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }
}
