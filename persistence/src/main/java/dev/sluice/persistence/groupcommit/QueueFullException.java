package dev.sluice.persistence.groupcommit;

/** More is waiting to be committed than may wait. Trying again later is safe. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(int waiting) {
        super("waiting to be committed: " + waiting + " (expected: fewer)");
    }
}
