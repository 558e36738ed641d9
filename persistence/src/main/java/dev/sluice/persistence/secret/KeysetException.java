package dev.sluice.persistence.secret;

import java.nio.file.Path;

/** The keyset cannot be had, so nothing secret can be stored or read. */
public final class KeysetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysetException(Path file, String problem, Throwable cause) {
        super("keyset file " + file + ": " + problem, cause);
    }
}
