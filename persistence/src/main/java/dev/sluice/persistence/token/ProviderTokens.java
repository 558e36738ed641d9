package dev.sluice.persistence.token;

import org.jspecify.annotations.Nullable;

/**
 * What a provider granted, and to which client of its own: a changed configuration must not take the client from tokens
 * that were granted before.
 *
 * @param accessToken what calls are made with
 * @param refreshToken what the next ones are asked for with; null when there is none
 * @param brought whether the customer had them already: then they are not ours to give back
 */
public record ProviderTokens(String accessToken, @Nullable String refreshToken, Client client, boolean brought) {

    /**
     * The customer's app at the provider; texts are empty when not known.
     *
     * @param redirectUri where its users come back to
     */
    public record Client(String id, String secret, String redirectUri, String scope) {
        @Override
        public String toString() {
            return "Client[]";
        }
    }

    /** Says what is there without saying what it is. */
    @Override
    public String toString() {
        return "ProviderTokens[refreshable=" + (refreshToken != null) + "]";
    }
}
