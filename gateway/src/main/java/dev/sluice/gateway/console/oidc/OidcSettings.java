package dev.sluice.gateway.console.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may say who somebody is.
 *
 * @param issuer its URL, as its tokens have it: https, or http on this machine
 * @param clientId what it knows the console by
 * @param clientSecret empty for a public client, which PKCE alone protects
 * @param organizationClaim which claim holds the number of the user's organization
 * @param userClaim which claim holds the email address of a user of that organization
 */
@ConfigurationProperties("sluice.console.oidc")
record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("sluice_organization") String organizationClaim,
        @DefaultValue("email") String userClaim) {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    OidcSettings {
        if (!issuer.isBlank()) {
            URI uri = url(issuer);
            boolean secure = "https".equals(uri.getScheme());
            boolean local = "http".equals(uri.getScheme()) && uri.getHost() != null && LOCAL.contains(uri.getHost());
            if (uri.getHost() == null || !(secure || local)) {
                throw new IllegalArgumentException(
                        "sluice.console.oidc.issuer: " + issuer + " (expected: an https URL, or http on this machine)");
            }
            if (clientId.isBlank()) {
                throw new IllegalArgumentException(
                        "sluice.console.oidc.client-id: missing (expected: what the issuer knows the console by)");
            }
        }
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "sluice.console.oidc.issuer: " + text + " (expected: an https URL)", malformed);
        }
    }

    /** Whether that may be asked for secrets: by https, or on this machine like the issuer. */
    boolean allows(String endpoint) {
        return endpoint.startsWith("https://") || issuer.startsWith("http://");
    }

    /** For people. */
    String host() {
        return url(issuer).getHost();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuer + "]";
    }
}
