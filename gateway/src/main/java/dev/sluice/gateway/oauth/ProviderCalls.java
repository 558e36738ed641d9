package dev.sluice.gateway.oauth;

import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import dev.sluice.persistence.token.StoredTokens;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Calls to providers in an instance's name. A 401 is answered with other tokens, once. */
public final class ProviderCalls {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;

    private final Tokens tokens;
    private final ProviderClient client;

    ProviderCalls(Tokens tokens, ProviderClient client) {
        this.tokens = tokens;
        this.client = client;
    }

    /**
     * Makes the call.
     *
     * @param request made with an access token; may be asked twice
     * @return the answer, whatever its status; a {@link NoAccessException} when the instance has no token that is good, or
     *     a {@link dev.sluice.gateway.provider.ProviderUnreachableException}
     */
    public Mono<ProviderResponse> call(long instanceId, Function<String, ProviderRequest> request) {
        return tokens.good(instanceId)
                .switchIfEmpty(Mono.error(() -> new NoAccessException("the instance has no token")))
                .flatMap(stored -> once(stored, request)
                        .flatMap(response -> response.status() == UNAUTHORIZED
                                ? tokens.instead(stored).flatMap(other -> once(other, request))
                                : Mono.just(response)));
    }

    private Mono<ProviderResponse> once(StoredTokens stored, Function<String, ProviderRequest> request) {
        return Mono.defer(() -> client.call(request.apply(stored.tokens().accessToken()), LIMIT));
    }

    /** Whether the instance has tokens, good or not. */
    public Mono<Boolean> hasTokens(long instanceId) {
        return tokens.any(instanceId);
    }
}
