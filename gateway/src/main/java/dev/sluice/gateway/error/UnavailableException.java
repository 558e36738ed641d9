package dev.sluice.gateway.error;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** 503: the request is in order and cannot be served now. Nothing was stored; it is to be sent again. */
public final class UnavailableException extends RequestException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param message what is missing
     * @param retryAfter when to try again, told to the sender in whole seconds, at least one
     */
    public UnavailableException(String message, Duration retryAfter) {
        super(HttpStatus.SERVICE_UNAVAILABLE, message);
        this.retryAfter = retryAfter;
    }

    /**
     * @param message what is missing
     * @param retryAfter when to try again, told to the sender in whole seconds, at least one
     */
    public UnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(HttpStatus.SERVICE_UNAVAILABLE, message, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    void addTo(HttpHeaders headers) {
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }
}
