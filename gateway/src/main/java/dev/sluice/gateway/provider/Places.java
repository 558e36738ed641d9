package dev.sluice.gateway.provider;

import dev.sluice.normalizers.api.Endpoints;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of a provider after some of them were given anew. What is not given follows: siblings of the token's address
 * stay its siblings, paths of the API stay below it. A token goes nowhere but to where it came from: when the token's
 * address was given and the API's was not, the provider's own API is left alone.
 */
final class Places {
    private final Endpoints own;
    private final ProviderSettings.Addresses given;

    Places(Endpoints own, ProviderSettings.Addresses given) {
        this.own = own;
        this.given = given;
    }

    /** A provider without OAuth: all it has is its API. */
    Places(String ownApi, ProviderSettings.Addresses given) {
        this(new Endpoints("", "", null, ownApi), given);
    }

    /** Scheme and authority of an address. */
    static String origin(String uri) {
        int path = uri.indexOf('/', uri.indexOf("://") + 3);
        return path < 0 ? uri : uri.substring(0, path);
    }

    Endpoints endpoints() {
        return new Endpoints(
                or(given.oauth().authorizeUri(), own.authorizeUri()),
                tokenUri(),
                given.oauth().revokeUri() != null
                        ? given.oauth().revokeUri()
                        : moved(own.revokeUri()).orElse(null),
                or(given.apiUri(), own.apiUri()));
    }

    /** Where accounts are looked up; empty when that is not to be done. */
    Optional<String> account(String ownUri) {
        return Optional.ofNullable(given.oauth().metadataUri()).or(() -> moved(ownUri));
    }

    /** What the paths of the API are appended to; empty when its tokens do not belong there. */
    Optional<String> api() {
        return Optional.ofNullable(given.apiUri())
                .or(() -> given.oauth().tokenUri() == null ? Optional.of(own.apiUri()) : Optional.empty());
    }

    private Optional<String> moved(@Nullable String uri) {
        if (uri == null) {
            return Optional.empty();
        }
        if (parent(uri).equals(parent(own.tokenUri()))) {
            return Optional.of(parent(tokenUri()) + uri.substring(parent(uri).length()));
        }
        return api().map(base ->
                uri.startsWith(own.apiUri()) ? base + uri.substring(own.apiUri().length()) : uri);
    }

    private String tokenUri() {
        return or(given.oauth().tokenUri(), own.tokenUri());
    }

    private static String parent(String uri) {
        return uri.substring(0, uri.lastIndexOf('/') + 1);
    }

    private static String or(@Nullable String chosen, String usual) {
        return chosen == null ? usual : chosen;
    }
}
