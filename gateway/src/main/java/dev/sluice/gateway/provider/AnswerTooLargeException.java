package dev.sluice.gateway.provider;

/** An answer is longer than is read. */
final class AnswerTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int bytesMax) {
        super("its answer is too large (expected: at most " + bytesMax + " bytes)");
    }
}
