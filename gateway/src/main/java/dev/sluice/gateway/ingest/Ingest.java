package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The life of one inbound webhook, up to its commit. */
final class Ingest {
    /** A body from this length on is worked on off the event loop, so that it does not hold up the small ones. */
    static final int LARGE_BYTES = 1024 * 1024;

    private final Elements elements;
    private final InstanceCache instances;
    private final Arrivals arrivals;
    private final ByteBudget budget;
    private final Keeper keeper;
    private final boolean signatureRequired;

    Ingest(
            Elements elements,
            InstanceCache instances,
            Arrivals arrivals,
            ByteBudget budget,
            Keeper keeper,
            boolean signatureRequired) {
        this.elements = elements;
        this.instances = instances;
        this.arrivals = arrivals;
        this.budget = budget;
        this.keeper = keeper;
        this.signatureRequired = signatureRequired;
    }

    /**
     * Takes a webhook for one instance.
     *
     * @return what became of it; errors {@code RequestException}, {@code MalformedBodyException} and those of the
     *     store, each when nothing is known to be stored
     */
    Mono<Receipt> accept(String elementKey, long instanceId, ServerHttpRequest request) {
        Element element = element(elements, elementKey);
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

    static Element element(Elements elements, String key) {
        return elements.find(key)
                .orElseThrow(() -> new NotFoundException(
                        "element: unknown (expected: one of " + String.join(", ", elements.keys()) + ")"));
    }

    private Mono<Receipt> receive(Element element, Instance instance, ServerHttpRequest request) {
        ByteBudget.Reservation reservation = budget.reservation();
        return arrivals.receive(request, reservation)
                .flatMap(received -> take(new Arrival(element, instance, received), reservation))
                .doFinally(end -> reservation.releaseIfKept());
    }

    private Mono<Receipt> take(Arrival arrival, ByteBudget.Reservation reservation) {
        return arrival.received().webhook().body().length < LARGE_BYTES
                ? verified(arrival, reservation)
                : Mono.defer(() -> verified(arrival, reservation)).subscribeOn(Schedulers.parallel());
    }

    private Mono<Receipt> verified(Arrival arrival, ByteBudget.Reservation reservation) {
        arrival.verify(signatureRequired);
        return arrival.understand().flatMap(understood -> keep(understood, reservation));
    }

    private Mono<Receipt> keep(Understood understood, ByteBudget.Reservation reservation) {
        if (understood instanceof Understood.Handshake shake) {
            return Mono.just(new Receipt.Shaken(shake.handshake()));
        }
        reservation.handOver();
        return keeper.keep((Understood.Event) understood, reservation::release);
    }
}
