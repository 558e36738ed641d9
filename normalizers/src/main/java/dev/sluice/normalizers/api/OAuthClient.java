package dev.sluice.normalizers.api;

/**
 * The customer's app at the provider.
 *
 * @param id its client id
 * @param secret its client secret
 * @param redirectUri where users come back to, as registered at the provider
 * @param scope what is asked for, in the provider's words; empty for what the provider gives by itself
 */
public record OAuthClient(String id, String secret, String redirectUri, String scope) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[id=" + id + ", redirectUri=" + redirectUri + ", scope=" + scope + ']';
    }
}
