package dev.sluice.persistence.epoch;

/** This node's epoch was closed by another node: nothing can be committed in it any more. */
public final class FenceClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FenceClosedException(int epoch) {
        super("epoch " + epoch + ": closed (expected: open)");
    }
}
