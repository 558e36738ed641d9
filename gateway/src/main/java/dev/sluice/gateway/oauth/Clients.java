package dev.sluice.gateway.oauth;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.persistence.token.ProviderTokens;
import java.util.Map;
import java.util.Objects;

/** Customers' apps at providers, in the shapes that different parts know them by. */
public final class Clients {
    private Clients() {}

    /** The app that an instance is configured with; texts are empty where nothing is set. */
    static OAuthClient configured(Element element, Map<String, String> configuration) {
        return new OAuthClient(
                configuration.getOrDefault(SettingKeys.OAUTH_API_KEY, ""),
                configuration.getOrDefault(SettingKeys.OAUTH_API_SECRET, ""),
                configuration.getOrDefault(SettingKeys.OAUTH_CALLBACK_URL, ""),
                configuration.getOrDefault(SettingKeys.OAUTH_SCOPE, usualScope(element)));
    }

    /** The scope that is asked for when none is given. */
    public static String usualScope(Element element) {
        return element.configuration().stream()
                .filter(field -> field.key().equals(SettingKeys.OAUTH_SCOPE))
                .map(ConfigurationField::defaultValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    static ProviderTokens.Client stored(OAuthClient client) {
        return new ProviderTokens.Client(client.id(), client.secret(), client.redirectUri(), client.scope());
    }

    static OAuthClient of(ProviderTokens.Client stored) {
        return new OAuthClient(stored.id(), stored.secret(), stored.redirectUri(), stored.scope());
    }
}
