package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 404: there is no such thing, or none that the caller may know of. */
public final class NotFoundException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param message what there is not */
    public NotFoundException(String message) {
        super(HttpStatus.NOT_FOUND, message);
    }
}
