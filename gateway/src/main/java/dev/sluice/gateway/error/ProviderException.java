package dev.sluice.gateway.error;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A provider had to be asked, and did not say what it should. */
public final class ProviderException extends RequestException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String providerMessage;

    private ProviderException(HttpStatus status, String message, @Nullable String providerMessage) {
        super(status, message);
        this.providerMessage = providerMessage;
    }

    private ProviderException(HttpStatus status, String message, Throwable cause) {
        super(status, message, cause);
        this.providerMessage = null;
    }

    /**
     * 400: the provider refused what the request gave.
     *
     * @param message what was refused, and what is expected
     * @param providerMessage the provider's own words without secrets
     */
    public static ProviderException refused(String message, String providerMessage) {
        return new ProviderException(HttpStatus.BAD_REQUEST, message, providerMessage);
    }

    /** 502: the provider gave an answer that says nothing. */
    public static ProviderException unclear(String message) {
        return new ProviderException(HttpStatus.BAD_GATEWAY, message, (String) null);
    }

    /** 502: the provider gave no answer. */
    public static ProviderException unreachable(String message, Throwable cause) {
        return new ProviderException(HttpStatus.BAD_GATEWAY, message, cause);
    }

    @Override
    @Nullable String providerMessage() {
        return providerMessage;
    }
}
