package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 413: the body is longer than we take. */
public final class PayloadTooLargeException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param bytesMax the longest that is taken */
    public PayloadTooLargeException(long bytesMax) {
        super(HttpStatus.CONTENT_TOO_LARGE, "body: too large (expected: at most " + bytesMax + " bytes)");
    }
}
