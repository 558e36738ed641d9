package dev.sluice.gateway.error;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/** A refusal that the framework found a status for: 404, 405, 415 … */
final class FrameworkException extends RequestException {
    private static final long serialVersionUID = 1L;

    private final transient HttpHeaders headers;

    FrameworkException(HttpStatus status, String message, ErrorResponse refusal, Throwable cause) {
        super(status, message, cause);
        this.headers = refusal.getHeaders();
    }

    @Override
    void addTo(HttpHeaders target) {
        target.addAll(headers);
    }
}
