package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 401: the request does not prove who sent it. */
public final class UnauthorizedException extends RequestException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what is expected, without any secret or digest */
    public UnauthorizedException(String message) {
        super(HttpStatus.UNAUTHORIZED, message);
    }
}
