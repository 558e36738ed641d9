package dev.sluice.gateway.error;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A request that is refused, and how. The message is shown to whoever sent it. */
public abstract class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String message;

    RequestException(HttpStatus status, String message) {
        super(message);
        this.status = status;
        this.message = message;
    }

    RequestException(HttpStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The answer's status. */
    public HttpStatus status() {
        return status;
    }

    /** What a provider said, where one had to be asked; else null. */
    @Nullable String providerMessage() {
        return null;
    }

    /** What the answer's headers say besides. */
    void addTo(HttpHeaders headers) {}
}
