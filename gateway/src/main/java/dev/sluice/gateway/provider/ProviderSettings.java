package dev.sluice.gateway.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Providers at other addresses than their own, by element key: an installation of a provider at a customer's, or a test's.
 *
 * @param elements what differs, by the element's key
 */
@ConfigurationProperties("sluice")
record ProviderSettings(@DefaultValue Map<String, Addresses> elements) {
    private static final String EXPECTED = " (expected: an absolute http or https URL)";

    /**
     * Where one provider is.
     *
     * @param oauth where its OAuth is
     * @param apiUri what other calls are appended to; null for the provider's own
     */
    record Addresses(
            @Name("oauth") @DefaultValue OAuth oauth,
            @Nullable String apiUri) {
        /** The provider's own. */
        static final Addresses DEFAULT = new Addresses(new OAuth(null, null, null, null), null);

        /** All that are given. */
        Stream<String> given() {
            return Stream.of(oauth.authorizeUri, oauth.tokenUri, oauth.metadataUri, oauth.revokeUri, apiUri)
                    .filter(Objects::nonNull);
        }
    }

    /**
     * Where a provider's OAuth is; null for the provider's own.
     *
     * @param metadataUri what tells whose a token is
     */
    record OAuth(
            @Nullable String authorizeUri,
            @Nullable String tokenUri,
            @Nullable String metadataUri,
            @Nullable String revokeUri) {}

    ProviderSettings {
        elements = Map.copyOf(elements);
        elements.forEach((key, addresses) -> addresses.given().forEach(uri -> requireUrl(key, uri)));
    }

    private static void requireUrl(String key, String given) {
        try {
            // What stands for an account's data centre or a client's id is filled in later.
            URI uri = new URI(given.replace("{dc}", "us1").replace("{client_id}", "id"));
            String scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new IllegalArgumentException("sluice.elements." + key + ": " + given + EXPECTED);
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("sluice.elements." + key + ": " + given + EXPECTED, malformed);
        }
    }
}
