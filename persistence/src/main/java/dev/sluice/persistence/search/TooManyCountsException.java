package dev.sluice.persistence.search;

/** More counts than one answer may have, or than may be read for one. */
public final class TooManyCountsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyCountsException(int limit) {
        super("counts: more than one answer may have (expected: at most " + limit + ")");
    }
}
