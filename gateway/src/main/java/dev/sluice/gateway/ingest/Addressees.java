package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.InstanceFinder;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.owner.Addressee;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.owner.OwnerRepository;
import dev.sluice.persistence.owner.OwnerTerm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds the instances that a webhook on the shared URL is meant for. */
final class Addressees {
    /** The most instances one webhook reaches. */
    static final int INSTANCES_MAX = 100;

    /** The most different finders of one element's instances that are tried. */
    private static final int RULES_MAX = 200;

    private static final int LOADED_AT_ONCE = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Addressees.class);

    private final OwnerRepository owners;
    private final InstanceCache instances;

    Addressees(OwnerRepository owners, InstanceCache instances) {
        this.owners = owners;
        this.instances = instances;
    }

    /**
     * Finds them, those first that were set up first.
     *
     * @param worker on which the body is read
     * @return at most {@link #INSTANCES_MAX}; errors {@code MalformedBodyException} and those of the store
     */
    Mono<List<Instance>> of(Element element, Webhook webhook, Scheduler worker) {
        return owners.rules(element.descriptor().key(), RULES_MAX)
                .publishOn(worker)
                .map(rules -> Addressee.of(element, webhook, finders(rules)))
                .flatMap(addressee -> find(element, addressee));
    }

    private static List<InstanceFinder> finders(List<String> rules) {
        return rules.stream()
                .map(InstanceFinder::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private Mono<List<Instance>> find(Element element, Addressee addressee) {
        Set<OwnerTerm> terms = addressee.terms().stream()
                .map(term -> new OwnerTerm(term.rule(), term.value()))
                .collect(Collectors.toSet());
        return terms.isEmpty()
                ? Mono.just(List.of())
                : owners.find(element.descriptor().key(), terms, INSTANCES_MAX + 1)
                        .collectList()
                        .flatMap(found -> load(element, addressee, bounded(element, found)));
    }

    private static List<Long> bounded(Element element, List<Long> found) {
        if (found.size() <= INSTANCES_MAX) {
            return found;
        }
        LOG.warn(
                "A webhook on the shared URL of {} is meant for more than {} instances; those set up last do not get it",
                element.descriptor().key(),
                INSTANCES_MAX);
        return found.subList(0, INSTANCES_MAX);
    }

    /** Their settings have the last word: what was looked up is shortened, and may have changed since. */
    private Mono<List<Instance>> load(Element element, Addressee addressee, List<Long> ids) {
        return Flux.fromIterable(ids)
                .flatMapSequential(instances::find, LOADED_AT_ONCE)
                .filter(instance -> addressee.includes(element, new Settings(instance.configuration())))
                .collectList();
    }
}
