package dev.sluice.persistence.secret;

/** A stored secret does not open with this keyset: the keyset is not the one it was stored with, or the row was altered. */
public final class UndecipherableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecipherableException(String belongsTo, Throwable cause) {
        super("secrets of " + belongsTo + ": cannot be decrypted (expected: the keyset they were stored with)", cause);
    }
}
