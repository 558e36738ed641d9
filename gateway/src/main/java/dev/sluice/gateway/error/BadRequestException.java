package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 400: something in the request is not as it has to be. */
public final class BadRequestException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found where, and what is expected */
    public BadRequestException(String message) {
        super(HttpStatus.BAD_REQUEST, message);
    }

    /** @param message what was found where, and what is expected */
    public BadRequestException(String message, Throwable cause) {
        super(HttpStatus.BAD_REQUEST, message, cause);
    }

    /**
     * A field with a wrong value.
     *
     * @param field its name as the sender knows it
     * @param found the value, or a word for it where it is secret or long
     * @param expected what it should be
     */
    public BadRequestException(String field, String found, String expected) {
        this(field + ": " + found + " (expected: " + expected + ")");
    }
}
