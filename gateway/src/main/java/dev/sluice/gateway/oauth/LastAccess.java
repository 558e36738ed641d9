package dev.sluice.gateway.oauth;

import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import dev.sluice.normalizers.api.TokenOutcome;
import dev.sluice.persistence.token.LeavingInstance;
import dev.sluice.persistence.token.ProviderTokens;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A deleted instance's access, for as long as it takes to say good-bye. New tokens that are needed for it are not kept. */
public final class LastAccess {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;

    private final Provider provider;
    private final ProviderClient client;
    private volatile ProviderTokens tokens;
    private final AtomicBoolean stale;
    private final AtomicBoolean refreshed = new AtomicBoolean();

    public LastAccess(Provider provider, ProviderClient client, LeavingInstance leaving) {
        this.provider = provider;
        this.client = client;
        this.tokens = leaving.stored().tokens();
        this.stale = new AtomicBoolean(leaving.stored().expired());
    }

    /** Makes a call; a 401 is answered with a new token, once. */
    public Mono<ProviderResponse> call(Function<String, ProviderRequest> request) {
        return Mono.defer(() -> stale.getAndSet(false) ? refresh() : Mono.empty())
                .then(Mono.defer(() -> once(request)))
                .flatMap(response -> response.status() == UNAUTHORIZED && tokens.refreshToken() != null
                        ? refresh().then(Mono.defer(() -> once(request)))
                        : Mono.just(response));
    }

    private Mono<ProviderResponse> once(Function<String, ProviderRequest> request) {
        return client.call(request.apply(tokens.accessToken()), LIMIT);
    }

    private Mono<Void> refresh() {
        String refreshToken = tokens.refreshToken();
        OAuthFlow flow = provider.oauth().orElse(null);
        if (flow == null || refreshToken == null || !refreshed.compareAndSet(false, true)) {
            return Mono.empty();
        }
        OAuthClient app = Clients.of(tokens.client());
        return client.call(flow.refresh(app, refreshToken), LIMIT)
                .map(flow::tokens)
                .ofType(TokenOutcome.Granted.class)
                .doOnNext(granted -> tokens = Grant.of(granted, tokens).tokens())
                .then();
    }

    /** Gives the token back, unless the customer had brought it or the provider takes none back. */
    public Mono<Void> end() {
        return Mono.defer(() -> {
            ProviderTokens last = tokens;
            return last.brought()
                    ? Mono.empty()
                    : Mono.justOrEmpty(provider.oauth()
                                    .flatMap(flow -> flow.revoke(Clients.of(last.client()), last.accessToken())))
                            .flatMap(request -> client.call(request, LIMIT))
                            .then();
        });
    }
}
