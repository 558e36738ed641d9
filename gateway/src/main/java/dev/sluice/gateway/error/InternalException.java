package dev.sluice.gateway.error;

import org.springframework.http.HttpStatus;

/** 500: our own fault. The sender learns no more than where the log tells of it. */
final class InternalException extends RequestException {
    private static final long serialVersionUID = 1L;

    InternalException(Throwable cause) {
        super(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error. The log tells of it under this requestId.", cause);
    }
}
