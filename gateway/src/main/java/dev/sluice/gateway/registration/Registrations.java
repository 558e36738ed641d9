package dev.sluice.gateway.registration;

import dev.sluice.gateway.oauth.ProviderCalls;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.hook.HookRepository;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Webhooks at providers, as those see them who change instances. */
public final class Registrations {
    /** So long who changes an instance waits for its provider; longer work goes on by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final String UNDER_WAY =
            "The webhook is still being registered at the provider: read the instance again.";

    private final Providers providers;
    private final ProviderCalls calls;
    private final HookRepository hooks;
    private final Registrar registrar;

    Registrations(Providers providers, ProviderCalls calls, HookRepository hooks, Registrar registrar) {
        this.providers = providers;
        this.calls = calls;
        this.hooks = hooks;
        this.registrar = registrar;
    }

    /** Whether an instance with that configuration has webhooks that we look after, or is to have some. */
    public static boolean concern(Map<String, String> configuration) {
        return Wanted.by(configuration) || configuration.containsKey(SettingKeys.SUBSCRIPTION_ID);
    }

    /**
     * Makes the webhooks what the instance's configuration says.
     *
     * @param url where they shall lead
     * @param anew whether those that stand are to be replaced in any case, as for another key
     * @return what the instance's owner should know, beside {@link #problems}
     */
    public Mono<List<String>> follow(Instance instance, String url, boolean anew) {
        if (!concern(instance.configuration())) {
            return Mono.just(List.of());
        }
        Provider provider = providers.find(instance.elementKey()).orElseThrow();
        if (provider.element().api().hooks().isEmpty()) {
            return Mono.just(List.of(SettingKeys.VENDOR_SUBSCRIBE + ": " + provider.name()
                    + " has no call to register webhooks; enter the webhook URL there by hand."));
        }
        return calls.hasTokens(instance.id())
                .flatMap(has -> has
                        ? registered(instance.id(), url, anew)
                        : Mono.just(List.of(
                                SettingKeys.VENDOR_SUBSCRIBE + ": the instance has no token, so that the webhook is"
                                        + " not registered; authenticate it with providerData.code.")));
    }

    private Mono<List<String>> registered(long instanceId, String url, boolean anew) {
        return hooks.want(instanceId, url, anew)
                .then(hooks.lease(instanceId, Registrar.LEASE))
                .flatMap(lease -> Mono.fromFuture(() -> registrar.work(lease).toFuture(), true)
                        .thenReturn(List.<String>of()))
                .defaultIfEmpty(List.of(UNDER_WAY))
                .timeout(PATIENCE, Mono.just(List.of(UNDER_WAY)));
    }

    /** What keeps webhooks from standing, by the ids of those instances that it concerns. */
    public Mono<Map<Long, String>> problems(Collection<Long> instanceIds) {
        return hooks.problems(instanceIds);
    }
}
