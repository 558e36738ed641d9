package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 409: the request is in order, and what is there already does not allow it. */
public final class ConflictException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param message what is there, and what has to be done first */
    public ConflictException(String message) {
        super(HttpStatus.CONFLICT, message);
    }
}
