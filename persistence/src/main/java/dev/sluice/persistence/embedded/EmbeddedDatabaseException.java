package dev.sluice.persistence.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded server cannot run here; the message says why and what to do. */
public final class EmbeddedDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    EmbeddedDatabaseException(String message) {
        this(message, null);
    }
}
