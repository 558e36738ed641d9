package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.oauth.Access;
import dev.sluice.gateway.oauth.Opened;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.connection.Transactions;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.token.LeavingRepository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes, changes and deletes instances, together with what they have at their providers. */
public final class Provisioner {
    private static final List<String> FILLED_IN =
            List.of(SettingKeys.SUBSCRIPTION_ID, SettingKeys.VENDOR_SIGNATURE_KEY, SettingKeys.VENDOR_URL_SECRET);

    private final InstanceRepository instances;
    private final Elements elements;
    private final Access access;
    private final Registrations registrations;
    private final LeavingRepository leavings;
    private final Transactions transactions;

    Provisioner(
            InstanceRepository instances,
            Elements elements,
            Access access,
            Registrations registrations,
            LeavingRepository leavings,
            Transactions transactions) {
        this.instances = instances;
        this.elements = elements;
        this.access = access;
        this.registrations = registrations;
        this.leavings = leavings;
        this.transactions = transactions;
    }

    /**
     * Makes an instance.
     *
     * @param code what a user's consent brought, null for an instance that only receives webhooks
     */
    public Mono<Provisioned> create(
            Account owner,
            Element element,
            InstanceSettings settings,
            @Nullable String code,
            Function<Instance, String> webhookUrl) {
        return access.open(element, settings.configuration(), Map.of(), code)
                .flatMap(opened -> transactions
                        .together(instances
                                .create(owner, element.descriptor().key(), with(settings, opened))
                                .flatMap(created ->
                                        access.keep(created.id(), opened).thenReturn(created)))
                        .flatMap(created -> followed(created, webhookUrl, false, opened)));
    }

    /** Brings the provider's webhooks in line, which may change the instance once more. */
    private Mono<Provisioned> followed(
            Instance instance, Function<Instance, String> webhookUrl, boolean anew, Opened opened) {
        if (!Registrations.concern(instance.configuration())) {
            return Mono.just(new Provisioned(instance, opened.warnings()));
        }
        return registrations
                .follow(instance, webhookUrl.apply(instance), anew)
                .flatMap(warnings -> instances
                        .find(instance.id())
                        .defaultIfEmpty(instance)
                        .map(now -> new Provisioned(
                                now,
                                Stream.concat(opened.warnings().stream(), warnings.stream())
                                        .toList())));
    }

    /**
     * Changes an instance; with a code it gets new tokens.
     *
     * @param change makes the new settings of the instance as it stands; may be asked twice
     * @return empty when the instance is gone
     */
    public Mono<Provisioned> change(
            Instance asFound,
            Function<Instance, InstanceSettings> change,
            @Nullable String code,
            Function<Instance, String> webhookUrl) {
        return Mono.defer(() -> {
            Element element = elements.find(asFound.elementKey()).orElseThrow();
            Map<String, String> wanted = change.apply(asFound).configuration();
            return access.open(element, wanted, asFound.configuration(), code)
                    .flatMap(opened -> transactions
                            .together(write(asFound, change, opened))
                            .flatMap(changed -> followed(changed, webhookUrl, hasOtherKey(asFound, changed), opened)));
        });
    }

    private Mono<Instance> write(Instance asFound, Function<Instance, InstanceSettings> change, Opened opened) {
        Mono<Instance> updated = instances.update(
                asFound.organizationId(), asFound.id(), before -> with(kept(before, change.apply(before)), opened));
        return opened.granted()
                ? updated.flatMap(changed -> access.keep(changed.id(), opened)
                        .then(instances.unmark(changed.id(), Set.of(Mark.REAUTHENTICATION_NEEDED.name())))
                        .then(instances.find(changed.id())))
                : updated;
    }

    /** What we registered would be lost track of, and its webhooks be taken unproven, if a PUT that leaves it out took it. */
    private static InstanceSettings kept(Instance before, InstanceSettings wanted) {
        if (!before.configuration().containsKey(SettingKeys.SUBSCRIPTION_ID)) {
            return wanted;
        }
        Map<String, String> configuration = new HashMap<>(wanted.configuration());
        Set<String> secretKeys = new HashSet<>(wanted.secretKeys());
        for (String key : FILLED_IN) {
            String value = before.configuration().get(key);
            if (value != null
                    && configuration.putIfAbsent(key, value) == null
                    && before.secretKeys().contains(key)) {
                secretKeys.add(key);
            }
        }
        return new InstanceSettings(wanted.name(), wanted.tags(), configuration, secretKeys, wanted.callbacks());
    }

    /** The first key is the one that providers sign with. */
    private static boolean hasOtherKey(Instance before, Instance after) {
        return Stream.of(SettingKeys.VENDOR_SIGNATURE_KEY, SettingKeys.VENDOR_URL_SECRET)
                .anyMatch(key -> !firstLine(before, key).equals(firstLine(after, key)));
    }

    private static Optional<String> firstLine(Instance instance, String key) {
        return new Settings(instance.configuration()).lines(key).stream().findFirst();
    }

    private static InstanceSettings with(InstanceSettings settings, Opened opened) {
        Map<String, String> configuration = new HashMap<>(settings.configuration());
        configuration.putAll(opened.settings());
        return new InstanceSettings(
                settings.name(), settings.tags(), configuration, settings.secretKeys(), settings.callbacks());
    }

    /** Deletes an instance; what it has at its provider goes later. Its id, or empty when there was nothing to delete. */
    public Mono<Long> delete(long organizationId, long id) {
        return transactions.together(instances
                .delete(organizationId, id)
                .flatMap(gone -> leavings.leave(gone).thenReturn(gone)));
    }
}
