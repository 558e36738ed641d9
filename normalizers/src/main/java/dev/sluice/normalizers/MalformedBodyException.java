package dev.sluice.normalizers;

/** The body is not what its content type says. The sender is told where and why; nothing is stored. */
public final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found, what was expected and where ({@code line N, column M}); never the body itself */
    public MalformedBodyException(String message) {
        super(message);
    }

    /**
     * @param message what was found, what was expected and where ({@code line N, column M}); never the body itself
     * @param cause the parser's error
     */
    public MalformedBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
