package dev.sluice.gateway.oauth;

import dev.sluice.gateway.error.ProviderException;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.TokenOutcome;
import dev.sluice.persistence.token.Lifetime;
import dev.sluice.persistence.token.ProviderTokens;
import dev.sluice.persistence.token.TokenRepository;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gains access to a provider: by a code that a user agreed to, by tokens of one's own, or by an API key. */
public final class Access {
    private final Providers providers;
    private final TokenEndpoint endpoint;
    private final AccountLookup accounts;
    private final TokenRepository tokens;

    Access(Providers providers, TokenEndpoint endpoint, AccountLookup accounts, TokenRepository tokens) {
        this.providers = providers;
        this.endpoint = endpoint;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * Asks the provider for what the instance is to have, before anything is stored: a code does not wait.
     *
     * @param configuration as it will be stored
     * @param before as it was, empty for a new instance; what has not changed is not asked for again
     * @param code from the provider, null for none
     * @return what to store with the instance; a {@link ProviderException} when the provider refused a credential, or gave
     *     no tokens for a code
     */
    public Mono<Opened> open(
            Element element, Map<String, String> configuration, Map<String, String> before, @Nullable String code) {
        return Mono.defer(() -> {
            Provider provider = providers.of(element);
            OAuthFlow flow = provider.oauth().orElse(null);
            if (flow == null) {
                String key = changed(SettingKeys.API_KEY, configuration, before);
                return key == null ? Mono.just(Opened.NOTHING) : accounts.check(provider, key, null);
            }
            return grant(provider, flow, configuration, before, code)
                    .flatMap(grant -> accounts.check(provider, grant.tokens().accessToken(), grant))
                    .defaultIfEmpty(Opened.NOTHING);
        });
    }

    private Mono<Grant> grant(
            Provider provider,
            OAuthFlow flow,
            Map<String, String> configuration,
            Map<String, String> before,
            @Nullable String code) {
        OAuthClient app = Clients.configured(provider.element(), configuration);
        if (code != null) {
            return endpoint.exchange(flow, app, code)
                    .map(outcome -> granted(provider, "providerData.code", outcome, app, code))
                    .map(granted -> Grant.of(granted, Clients.stored(app)));
        }
        String accessToken = changed(SettingKeys.OAUTH_USER_TOKEN, configuration, before);
        String refreshToken = configuration.get(SettingKeys.OAUTH_USER_REFRESH_TOKEN);
        if (accessToken != null) {
            ProviderTokens own = new ProviderTokens(accessToken, refreshToken, Clients.stored(app), true);
            return Mono.just(new Grant(own, Lifetime.UNKNOWN));
        }
        String newRefreshToken = changed(SettingKeys.OAUTH_USER_REFRESH_TOKEN, configuration, before);
        return newRefreshToken == null
                ? Mono.empty()
                : endpoint.refresh(flow, app, newRefreshToken)
                        .map(outcome ->
                                granted(provider, SettingKeys.OAUTH_USER_REFRESH_TOKEN, outcome, app, newRefreshToken))
                        .map(granted ->
                                Grant.of(granted, new ProviderTokens("", newRefreshToken, Clients.stored(app), true)));
    }

    private static @Nullable String changed(String key, Map<String, String> now, Map<String, String> before) {
        String value = now.get(key);
        return Objects.equals(value, before.get(key)) ? null : value;
    }

    private static TokenOutcome.Granted granted(
            Provider provider, String field, TokenOutcome outcome, OAuthClient app, String shown) {
        if (outcome instanceof TokenOutcome.Granted granted) {
            return granted;
        }
        if (outcome instanceof TokenOutcome.Denied denied) {
            String words = denied.message().isEmpty() ? denied.error() : denied.error() + ": " + denied.message();
            throw ProviderException.refused(
                    field + ": refused by " + provider.name()
                            + " (expected: one that is fresh and unused, and the app it was made for)",
                    ProviderWords.shown(words, List.of(shown, app.id(), app.secret())));
        }
        throw ProviderException.unclear(field + ": " + provider.name() + " gave no tokens, "
                + ((TokenOutcome.Unclear) outcome).message() + ". It may be used up: ask the user to agree again.");
    }

    /** Keeps what was granted with the instance, within the caller's transaction. */
    public Mono<Void> keep(long instanceId, Opened opened) {
        Grant grant = opened.grant();
        return grant == null ? Mono.empty() : tokens.save(instanceId, grant.tokens(), grant.lifetime());
    }
}
