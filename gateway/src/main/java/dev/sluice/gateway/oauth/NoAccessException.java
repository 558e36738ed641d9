package dev.sluice.gateway.oauth;

/** There is no access token that is good, and none to be had now. */
public final class NoAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAccessException(String reason) {
        super(reason);
    }
}
