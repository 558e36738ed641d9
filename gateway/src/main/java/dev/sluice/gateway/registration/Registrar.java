package dev.sluice.gateway.registration;

import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.hook.HookLease;
import dev.sluice.persistence.hook.HookRepository;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Makes an instance's webhooks at its provider what the configuration says: removes, looks, registers. */
final class Registrar {
    /** For all calls about one instance; the lease outlasts them. */
    static final Duration LIMIT = Duration.ofSeconds(100);

    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration AGAIN_FIRST = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 6;

    private final Providers providers;
    private final HookCalls calls;
    private final HookSecrets secrets;
    private final HookRepository hooks;
    private final InstanceRepository instances;

    Registrar(
            Providers providers,
            HookCalls calls,
            HookSecrets secrets,
            HookRepository hooks,
            InstanceRepository instances) {
        this.providers = providers;
        this.calls = calls;
        this.secrets = secrets;
        this.hooks = hooks;
        this.instances = instances;
    }

    /** Does it under the lease, and ends the lease. */
    Mono<Void> work(HookLease lease) {
        return instances
                .find(lease.hooks().instanceId())
                .flatMap(instance -> work(lease, instance)
                        .timeout(LIMIT)
                        .onErrorResume(error -> Mono.just(Standing.of(lease.hooks())
                                .failed("stopped by " + error.getClass().getSimpleName())))
                        .flatMap(standing -> ended(lease, instance, standing)))
                .then();
    }

    private Mono<Standing> work(HookLease lease, Instance instance) {
        Provider.Hooks provider =
                providers.find(instance.elementKey()).flatMap(Provider::hooks).orElse(null);
        Standing before = Standing.of(lease.hooks());
        if (provider == null) {
            return Mono.just(before.failed("this installation has no way to the provider's API"));
        }
        Map<String, String> settings = Wanted.open(instance);
        boolean wanted = Wanted.by(instance.configuration());
        return Mono.defer(() -> wanted && Wanted.same(provider, before.hooks(), settings)
                        ? looked(provider, before)
                        : removed(lease, provider, before))
                .flatMap(standing -> wanted && standing.problem() == null
                        ? registered(lease, provider, instance, standing, settings)
                        : Mono.just(standing))
                .onErrorResume(
                        IllegalArgumentException.class,
                        unusable -> Mono.just(before.failed(
                                Objects.requireNonNullElse(unusable.getMessage(), "settings that make no address"))));
    }

    private Mono<Standing> looked(Provider.Hooks provider, Standing before) {
        Mono<Standing> standing = Mono.just(before);
        for (String id : before.hooks().ids()) {
            standing = standing.flatMap(now -> calls.check(provider, now, id));
        }
        return standing;
    }

    private Mono<Standing> removed(HookLease lease, Provider.Hooks provider, Standing before) {
        Mono<Standing> standing = Mono.just(before);
        for (String id : before.hooks().ids()) {
            standing = standing.flatMap(now -> calls.delete(provider, now, id))
                    .flatMap(now -> hooks.record(lease, now.hooks()).thenReturn(now));
        }
        return standing;
    }

    private Mono<Standing> registered(
            HookLease lease,
            Provider.Hooks provider,
            Instance instance,
            Standing standing,
            Map<String, String> settings) {
        int wanted = HookCalls.count(provider, settings);
        if (wanted == 0) {
            return Mono.just(standing.failed("the configuration names nothing to watch"));
        }
        if (standing.hooks().ids().size() == wanted) {
            return Mono.just(standing);
        }
        Standing placed = standing.placed(settings);
        return secrets.ensured(instance, provider.registration().secretUse()).flatMap(known -> {
            Mono<Standing> each = hooks.record(lease, placed.hooks()).thenReturn(placed);
            for (int index = 0; index < wanted; index++) {
                int number = index;
                each = each.flatMap(now -> calls.create(provider, known, now, number))
                        .flatMap(now -> hooks.record(lease, now.hooks()).thenReturn(now));
            }
            return each.map(now -> complete(now, wanted));
        });
    }

    private static Standing complete(Standing standing, int wanted) {
        int stand = standing.hooks().ids().size();
        return stand >= wanted
                ? standing
                : standing.failed("others stand at " + (wanted - stand) + " of " + wanted
                        + " places already, registered by somebody else; remove them there");
    }

    private Mono<Void> ended(HookLease lease, Instance instance, Standing standing) {
        List<String> ids = standing.hooks().ids();
        boolean wanted = Wanted.by(instance.configuration());
        Mono<Void> told = configured(instance, standing);
        if (!wanted && ids.isEmpty()) {
            return told.then(hooks.forget(lease));
        }
        String problem = standing.problem();
        Mono<Void> unmarked = problem == null && wanted
                ? instances.unmark(instance.id(), Set.of(Mark.WEBHOOK_REMOVED.name()))
                : Mono.empty();
        return told.then(unmarked)
                .then(hooks.end(
                        lease, problem == null ? DAILY : again(lease.hooks().failures()), problem));
    }

    private static Duration again(int failures) {
        return AGAIN_FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
    }

    /** Tells the instance what stands, and which keys its webhooks are signed with. */
    private Mono<Void> configured(Instance instance, Standing standing) {
        String ids = String.join(",", standing.hooks().ids());
        boolean sameIds = ids.equals(instance.configuration().getOrDefault(SettingKeys.SUBSCRIPTION_ID, ""));
        if (sameIds && standing.secrets().isEmpty()) {
            return Mono.empty();
        }
        UnaryOperator<Map<String, String>> change = before -> {
            Map<String, String> after = new HashMap<>(before);
            after.put(SettingKeys.SUBSCRIPTION_ID, ids);
            after.values().removeIf(String::isBlank);
            String keys = after.getOrDefault(SettingKeys.VENDOR_SIGNATURE_KEY, "");
            // Once a key is set, unsigned webhooks are refused: so not before all of them are signed.
            if (!standing.secrets().isEmpty() && (!keys.isEmpty() || !standing.unsigned())) {
                after.put(SettingKeys.VENDOR_SIGNATURE_KEY, HookSecrets.added(keys, standing.secrets()));
            }
            return after;
        };
        return instances
                .configure(instance.id(), change, Set.of(SettingKeys.VENDOR_SIGNATURE_KEY))
                .then();
    }
}
