package dev.sluice.gateway.command;

/** It did not work; the message says why and what to do, in whole sentences, to whoever typed the command. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String explanation;

    CommandFailedException(String explanation) {
        super(explanation);
        this.explanation = explanation;
    }

    CommandFailedException(String explanation, Throwable cause) {
        super(explanation, cause);
        this.explanation = explanation;
    }

    /** The message. */
    String explanation() {
        return explanation;
    }
}
