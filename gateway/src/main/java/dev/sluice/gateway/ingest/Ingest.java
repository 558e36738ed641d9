package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Mark;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The life of one inbound webhook, up to its commit. */
final class Ingest {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    /** A body from this length on is worked on off the event loop, so that it does not hold up the small ones. */
    private static final int LARGE_BYTES = 1024 * 1024;

    private final Elements elements;
    private final InstanceCache instances;
    private final InstanceRepository repository;
    private final Arrivals arrivals;
    private final ByteBudget budget;
    private final EventLog log;
    private final boolean signatureRequired;

    Ingest(
            Elements elements,
            InstanceCache instances,
            InstanceRepository repository,
            Arrivals arrivals,
            ByteBudget budget,
            EventLog log,
            boolean signatureRequired) {
        this.elements = elements;
        this.instances = instances;
        this.repository = repository;
        this.arrivals = arrivals;
        this.budget = budget;
        this.log = log;
        this.signatureRequired = signatureRequired;
    }

    /**
     * Takes a webhook for one instance.
     *
     * @return what became of it; errors {@code RequestException}, {@code MalformedBodyException} and those of the
     *     store, each when nothing is known to be stored
     */
    Mono<Receipt> accept(String elementKey, long instanceId, ServerHttpRequest request) {
        Element element = element(elementKey);
        return instances
                .find(instanceId)
                .filter(instance ->
                        instance.elementKey().equals(element.descriptor().key()))
                .switchIfEmpty(Mono.error(Ingest::noInstance))
                .flatMap(instance -> receive(element, instance, request));
    }

    private static NotFoundException noInstance() {
        return new NotFoundException("Webhook URL: no such instance of this element");
    }

    private Element element(String key) {
        return elements.find(key)
                .orElseThrow(
                        () -> new NotFoundException("element: unknown (expected: one of " + elements.keys() + ")"));
    }

    private Mono<Receipt> receive(Element element, Instance instance, ServerHttpRequest request) {
        ByteBudget.Reservation reservation = budget.reservation();
        return arrivals.receive(element, instance, request, reservation)
                .flatMap(arrival -> take(arrival, reservation))
                .doFinally(end -> reservation.releaseIfKept());
    }

    private Mono<Receipt> take(Arrival arrival, ByteBudget.Reservation reservation) {
        return arrival.webhook().body().length < LARGE_BYTES
                ? verified(arrival, reservation)
                : Mono.defer(() -> verified(arrival, reservation)).subscribeOn(Schedulers.parallel());
    }

    private Mono<Receipt> verified(Arrival arrival, ByteBudget.Reservation reservation) {
        arrival.verify(signatureRequired);
        return arrival.understand().flatMap(understood -> keep(arrival.instance(), understood, reservation));
    }

    private Mono<Receipt> keep(Instance instance, Understood understood, ByteBudget.Reservation reservation) {
        if (understood instanceof Understood.Handshake shake) {
            return Mono.just(new Receipt.Shaken(shake.handshake()));
        }
        Understood.Event event = (Understood.Event) understood;
        reservation.handOver();
        Mono<Appended> appended = log.append(event.draft(), reservation::release);
        return event.marks().isEmpty()
                ? appended.map(Ingest::receipt)
                : appended.flatMap(stored -> mark(instance, event.marks()).thenReturn(receipt(stored)));
    }

    private static Receipt receipt(Appended appended) {
        return appended instanceof Appended.Stored ? new Receipt.Stored() : new Receipt.Repeat();
    }

    /** The event is committed: failing to mark the instance must not make the provider send it again. */
    private Mono<Void> mark(Instance instance, List<Mark> marks) {
        return repository.mark(instance.id(), names(marks)).onErrorResume(error -> {
            LOG.error("Instance {} could not be marked {}", instance.id(), marks, error);
            return Mono.empty();
        });
    }

    private static Set<String> names(List<Mark> marks) {
        return marks.stream().map(Mark::name).collect(Collectors.toSet());
    }
}
