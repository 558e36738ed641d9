package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.oauth.Access;
import dev.sluice.gateway.oauth.Opened;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Mark;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.connection.Transactions;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes, changes and deletes instances, together with what they have at their providers. */
final class Provisioner {
    private final InstanceRepository instances;
    private final Elements elements;
    private final Access access;
    private final Transactions transactions;

    Provisioner(InstanceRepository instances, Elements elements, Access access, Transactions transactions) {
        this.instances = instances;
        this.elements = elements;
        this.access = access;
        this.transactions = transactions;
    }

    /**
     * Makes an instance.
     *
     * @param code what a user's consent brought, null for an instance that only receives webhooks
     */
    Mono<Provisioned> create(Account owner, Element element, InstanceSettings settings, @Nullable String code) {
        return access.open(element, settings.configuration(), Map.of(), code)
                .flatMap(opened -> transactions
                        .together(instances
                                .create(owner, element.descriptor().key(), with(settings, opened))
                                .flatMap(created ->
                                        access.keep(created.id(), opened).thenReturn(created)))
                        .map(created -> new Provisioned(created, opened.warnings())));
    }

    /**
     * Changes an instance; with a code it gets new tokens.
     *
     * @param change makes the new settings of the instance as it stands; may be asked twice
     * @return empty when the instance is gone
     */
    Mono<Provisioned> change(Instance asFound, Function<Instance, InstanceSettings> change, @Nullable String code) {
        return Mono.defer(() -> {
            Element element = elements.find(asFound.elementKey()).orElseThrow();
            Map<String, String> wanted = change.apply(asFound).configuration();
            return access.open(element, wanted, asFound.configuration(), code)
                    .flatMap(opened -> transactions
                            .together(write(asFound, change, opened))
                            .map(changed -> new Provisioned(changed, opened.warnings())));
        });
    }

    private Mono<Instance> write(Instance asFound, Function<Instance, InstanceSettings> change, Opened opened) {
        Mono<Instance> updated =
                instances.update(asFound.organizationId(), asFound.id(), before -> with(change.apply(before), opened));
        return opened.granted()
                ? updated.flatMap(changed -> access.keep(changed.id(), opened)
                        .then(instances.unmark(changed.id(), Set.of(Mark.REAUTHENTICATION_NEEDED.name())))
                        .then(instances.find(changed.id())))
                : updated;
    }

    private static InstanceSettings with(InstanceSettings settings, Opened opened) {
        Map<String, String> configuration = new HashMap<>(settings.configuration());
        configuration.putAll(opened.settings());
        return new InstanceSettings(
                settings.name(), settings.tags(), configuration, settings.secretKeys(), settings.callbacks());
    }

    /** Deletes an instance; its id, or empty when there was nothing to delete. */
    Mono<Long> delete(long organizationId, long id) {
        return instances.delete(organizationId, id);
    }
}
