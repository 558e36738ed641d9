package dev.sluice.gateway.registration;

import dev.sluice.gateway.oauth.LastAccess;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.persistence.hook.HookLease;
import dev.sluice.persistence.hook.HookRepository;
import dev.sluice.persistence.token.LeavingInstance;
import dev.sluice.persistence.token.LeavingRepository;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Leaves a provider after an instance was deleted: removes its webhooks, gives its token back, forgets it. What cannot be
 * done is tried again for some hours, and then left.
 */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final int ATTEMPTS_MAX = 8;
    private static final Duration AGAIN_FIRST = Duration.ofMinutes(1);

    private final Providers providers;
    private final ProviderClient client;
    private final HookRepository hooks;
    private final LeavingRepository leavings;

    Farewell(Providers providers, ProviderClient client, HookRepository hooks, LeavingRepository leavings) {
        this.providers = providers;
        this.client = client;
        this.hooks = hooks;
        this.leavings = leavings;
    }

    /** Says good-bye, and ends the claim. */
    Mono<Void> say(LeavingInstance leaving) {
        long instanceId = leaving.stored().instanceId();
        Provider provider = providers.find(leaving.elementKey()).orElse(null);
        if (provider == null) {
            return leavings.forget(leaving);
        }
        LastAccess access = new LastAccess(provider, client, leaving);
        return hooks.lease(instanceId, Registrar.LEASE)
                .flatMap(lease -> withoutHooks(provider, access, lease))
                .then(access.end())
                .then(leavings.forget(leaving))
                .timeout(Registrar.LIMIT)
                .onErrorResume(error -> again(leaving, error));
    }

    private Mono<Void> withoutHooks(Provider provider, LastAccess access, HookLease lease) {
        Provider.Hooks registered = provider.hooks().orElse(null);
        if (registered == null) {
            return hooks.forget(lease);
        }
        HookCalls calls = new HookCalls((id, request) -> access.call(request));
        Mono<Standing> standing = Mono.just(Standing.of(lease.hooks()));
        for (String id : lease.hooks().ids()) {
            standing = standing.flatMap(now -> calls.delete(registered, now, id));
        }
        return standing.flatMap(now -> {
            String problem = now.problem();
            return problem == null
                    ? hooks.forget(lease)
                    : hooks.record(lease, now.hooks())
                            .then(hooks.end(lease, AGAIN_FIRST, problem))
                            .then(Mono.error(() -> new StillThereException(problem)));
        });
    }

    private Mono<Void> again(LeavingInstance leaving, Throwable error) {
        long instanceId = leaving.stored().instanceId();
        if (leaving.attempts() + 1 < ATTEMPTS_MAX) {
            return leavings.postpone(leaving, AGAIN_FIRST.multipliedBy(1L << leaving.attempts()));
        }
        LOG.warn(
                "Deleted instance {}: what it has at its provider was not removed: {}", instanceId, error.getMessage());
        return hooks.lease(instanceId, Registrar.LEASE).flatMap(hooks::forget).then(leavings.forget(leaving));
    }

    /** A webhook could not be removed. */
    private static final class StillThereException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillThereException(String problem) {
            super(problem);
        }
    }
}
