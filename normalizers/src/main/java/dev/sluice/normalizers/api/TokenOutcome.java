package dev.sluice.normalizers.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What asking for tokens came to. */
public sealed interface TokenOutcome {

    /**
     * Tokens.
     *
     * @param accessToken what calls are made with
     * @param refreshToken what the next tokens are asked for with, null when there is none; single use at most providers,
     *     so it is to be stored before the access token is used
     * @param expiresIn how long the access token is good for, null when it does not expire
     */
    record Granted(
            String accessToken,
            @Nullable String refreshToken,
            @Nullable Duration expiresIn) implements TokenOutcome {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "Granted[expiresIn=" + expiresIn + ", refreshable=" + (refreshToken != null) + ']';
        }
    }

    /**
     * The provider said no; asking again with the same code or token will not help.
     *
     * @param error its word for it: {@code invalid_grant}
     * @param message its explanation, empty when there is none
     */
    record Denied(String error, String message) implements TokenOutcome {}

    /**
     * The provider did not answer as it should; whether tokens were made is not known.
     *
     * @param message what was found and what was expected
     */
    record Unclear(String message) implements TokenOutcome {}
}
