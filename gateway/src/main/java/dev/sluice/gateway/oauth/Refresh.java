package dev.sluice.gateway.oauth;

import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.TokenOutcome;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.token.ProviderTokens;
import dev.sluice.persistence.token.StoredTokens;
import dev.sluice.persistence.token.TokenLease;
import dev.sluice.persistence.token.TokenRepository;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Asks for new tokens under a lease, and stores them before anybody sees them. */
final class Refresh {
    /** Outlasts the call and some trouble with the store afterwards. */
    static final Duration LEASE = TokenEndpoint.LIMIT.plusSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(30);
    private static final Duration RETRY_MAX = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 7;
    private static final int STORE_TRIES = 8;
    private static final Duration STORE_PAUSE = Duration.ofMillis(100);
    private static final Duration STORE_PAUSE_MAX = Duration.ofSeconds(5);

    private final Providers providers;
    private final TokenEndpoint endpoint;
    private final TokenRepository tokens;
    private final InstanceRepository instances;

    Refresh(Providers providers, TokenEndpoint endpoint, TokenRepository tokens, InstanceRepository instances) {
        this.providers = providers;
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.instances = instances;
    }

    /**
     * Does it.
     *
     * @return the new tokens; empty when the lease was lost and there are newer ones; a {@link NoAccessException} when the
     *     provider gave none
     */
    Mono<StoredTokens> under(TokenLease lease) {
        StoredTokens stored = lease.stored();
        String refreshToken = stored.tokens().refreshToken();
        return instances.find(stored.instanceId()).flatMap(instance -> {
            OAuthFlow flow = flow(instance);
            if (refreshToken == null || flow == null) {
                return end(lease, "the provider has ended our access, and there is no refresh token");
            }
            OAuthClient app = Clients.of(stored.tokens().client());
            return endpoint.refresh(flow, app, refreshToken).flatMap(outcome -> settle(lease, app, outcome));
        });
    }

    /** Does it before the old ones expire, for nobody in particular: so that access lasts although nobody uses it. */
    Mono<Void> ahead(TokenLease lease) {
        return under(lease).then().onErrorResume(NoAccessException.class, refused -> {
            LOG.info(
                    "Instance {}: its token was not refreshed: {}",
                    lease.stored().instanceId(),
                    refused.getMessage());
            return Mono.empty();
        });
    }

    private @Nullable OAuthFlow flow(Instance instance) {
        return providers.find(instance.elementKey()).flatMap(Provider::oauth).orElse(null);
    }

    private Mono<StoredTokens> settle(TokenLease lease, OAuthClient app, TokenOutcome outcome) {
        ProviderTokens former = lease.stored().tokens();
        if (outcome instanceof TokenOutcome.Granted granted) {
            Grant grant = Grant.of(granted, former);
            // The former refresh token is used up: if this is not stored, the instance is locked out.
            return tokens.renew(lease, grant.tokens(), grant.lifetime())
                    .retryWhen(Retry.backoff(STORE_TRIES, STORE_PAUSE).maxBackoff(STORE_PAUSE_MAX));
        }
        if (outcome instanceof TokenOutcome.Denied denied) {
            String words = denied.message().isEmpty() ? denied.error() : denied.error() + ": " + denied.message();
            return end(lease, ProviderWords.shown(words, secrets(app, former)));
        }
        String reason = ((TokenOutcome.Unclear) outcome).message();
        return tokens.giveBack(lease, again(lease.stored().failures()), null)
                .then(Mono.error(() -> new NoAccessException(reason)));
    }

    private static List<String> secrets(OAuthClient app, ProviderTokens tokens) {
        String refreshToken = tokens.refreshToken();
        return List.of(app.id(), app.secret(), tokens.accessToken(), refreshToken == null ? "" : refreshToken);
    }

    private static Duration again(int failures) {
        Duration wait = RETRY_FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        return wait.compareTo(RETRY_MAX) < 0 ? wait : RETRY_MAX;
    }

    /** Only a user can help now; unless one just did, and the lease is lost. */
    private Mono<StoredTokens> end(TokenLease lease, String problem) {
        long instanceId = lease.stored().instanceId();
        return tokens.giveBack(lease, null, problem).flatMap(held -> {
            if (!held) {
                return Mono.empty();
            }
            LOG.warn("Instance {} has lost access to its provider: {}", instanceId, problem);
            return instances
                    .mark(instanceId, Set.of(Mark.REAUTHENTICATION_NEEDED.name()))
                    .then(Mono.error(() -> new NoAccessException(problem)));
        });
    }
}
