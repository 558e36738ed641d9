package dev.sluice.gateway.oauth;

import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.ProviderUnreachableException;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.TokenOutcome;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Asks a provider for tokens, once: what was sent may not be sent again. */
final class TokenEndpoint {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProviderClient client;

    TokenEndpoint(ProviderClient client) {
        this.client = client;
    }

    Mono<TokenOutcome> exchange(OAuthFlow flow, OAuthClient app, String code) {
        return client.call(flow.exchange(app, code), LIMIT)
                .map(flow::tokens)
                .onErrorResume(ProviderUnreachableException.class, TokenEndpoint::unclear);
    }

    Mono<TokenOutcome> refresh(OAuthFlow flow, OAuthClient app, String refreshToken) {
        return client.call(flow.refresh(app, refreshToken), LIMIT)
                .map(flow::tokens)
                .onErrorResume(ProviderUnreachableException.class, TokenEndpoint::unclear);
    }

    private static Mono<TokenOutcome> unclear(ProviderUnreachableException unreachable) {
        return Mono.just(new TokenOutcome.Unclear("token request: " + unreachable.getMessage()));
    }
}
