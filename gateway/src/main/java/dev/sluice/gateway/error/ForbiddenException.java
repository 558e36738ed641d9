package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 403: the caller is known and may not do this. */
public final class ForbiddenException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param message who may */
    public ForbiddenException(String message) {
        super(HttpStatus.FORBIDDEN, message);
    }

    /** @param message why it is not for the caller */
    public ForbiddenException(String message, Throwable cause) {
        super(HttpStatus.FORBIDDEN, message, cause);
    }
}
