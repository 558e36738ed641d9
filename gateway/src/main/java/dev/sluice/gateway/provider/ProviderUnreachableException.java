package dev.sluice.gateway.provider;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** No answer came from a provider that could be read. What became of the request is not known. */
public final class ProviderUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ProviderUnreachableException(String reason, Throwable cause) {
        super(reason, cause);
    }

    static ProviderUnreachableException of(Throwable error) {
        return new ProviderUnreachableException(reason(error), error);
    }

    private static String reason(Throwable error) {
        if (error instanceof TimeoutException) {
            return "no complete answer in time";
        }
        if (error instanceof AnswerTooLargeException tooLarge) {
            return Objects.requireNonNullElse(tooLarge.getMessage(), "its answer is too large");
        }
        if (error instanceof SSLException) {
            return "its certificate is not trusted";
        }
        return error instanceof IOException ? "cannot be reached" : "its answer cannot be read";
    }
}
