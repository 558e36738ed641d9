package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.error.UnauthorizedException;
import dev.sluice.gateway.error.UnavailableException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Settings;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The life of one inbound webhook on the URL that all instances of an element share: what it says decides whose it is, and
 * each instance's own key whether that is believed.
 */
final class SharedIngest {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Elements elements;
    private final Addressees addressees;
    private final Arrivals arrivals;
    private final ByteBudget budget;
    private final Keeper keeper;
    private final boolean signatureRequired;

    SharedIngest(
            Elements elements,
            Addressees addressees,
            Arrivals arrivals,
            ByteBudget budget,
            Keeper keeper,
            boolean signatureRequired) {
        this.elements = elements;
        this.addressees = addressees;
        this.arrivals = arrivals;
        this.budget = budget;
        this.keeper = keeper;
        this.signatureRequired = signatureRequired;
    }

    /**
     * Takes a webhook for all whom it is meant for and whose keys it proves.
     *
     * @return what became of it; errors as those of {@link Ingest#accept}: then it may be stored for some, who know it
     *     for a repeat when it is sent again
     */
    Mono<Receipt> accept(String elementKey, ServerHttpRequest request) {
        Element element = Ingest.element(elements, elementKey);
        ByteBudget.Reservation reservation = budget.reservation();
        return arrivals.receive(request, reservation)
                .flatMap(received -> take(element, received, reservation))
                .doFinally(end -> reservation.releaseIfKept());
    }

    private Mono<Receipt> take(Element element, Received received, ByteBudget.Reservation reservation) {
        Scheduler worker =
                received.webhook().body().length < Ingest.LARGE_BYTES ? Schedulers.immediate() : Schedulers.parallel();
        return addressees
                .of(element, received.webhook(), worker)
                .publishOn(worker)
                .flatMap(meant -> meant.isEmpty()
                        ? shake(element, received)
                        : proven(element, meant, received).flatMap(proven -> keep(proven, reservation)));
    }

    /** Many a handshake names nobody. */
    private static Mono<Receipt> shake(Element element, Received received) {
        Intake intake = element.read(received.webhook(), new Settings(Map.of()), received.at());
        return intake instanceof Intake.Handshake handshake
                ? Mono.just(new Receipt.Shaken(handshake))
                : Mono.error(nobody());
    }

    private static NotFoundException nobody() {
        return new NotFoundException("Shared webhook URL: no instance of this element is meant (expected: one whose "
                + "settings name an owner of the webhook, or that has this webhook sent to its own URL)");
    }

    private Mono<List<Arrival>> proven(Element element, List<Instance> meant, Received received) {
        List<Arrival> proven = new ArrayList<>();
        String refusal = null;
        for (Instance instance : meant) {
            Arrival arrival = new Arrival(element, instance, received);
            String why = arrival.refusal(signatureRequired);
            if (why == null) {
                proven.add(arrival);
            } else if (refusal == null) {
                refusal = why;
            }
        }
        return refusal != null && proven.isEmpty() ? Mono.error(new UnauthorizedException(refusal)) : Mono.just(proven);
    }

    private Mono<Receipt> keep(List<Arrival> proven, ByteBudget.Reservation reservation) {
        return Flux.fromIterable(proven)
                .concatMap(arrival -> Mono.justOrEmpty(arrival.share()).flatMap(part -> {
                    hold(arrival, part, reservation);
                    return part.understand();
                }))
                .collectList()
                .flatMap(understood -> keepAll(understood, reservation));
    }

    /** What was cut out stands beside the whole. */
    private static void hold(Arrival whole, Arrival part, ByteBudget.Reservation reservation) {
        int bytes = part.received().webhook().body().length;
        if (bytes < whole.received().webhook().body().length && !reservation.grow(bytes)) {
            throw new UnavailableException("Too much is being received at once", RETRY_AFTER);
        }
    }

    private Mono<Receipt> keepAll(List<Understood> understood, ByteBudget.Reservation reservation) {
        if (understood.isEmpty()) {
            return Mono.error(nobody());
        }
        List<Understood.Event> events = understood.stream()
                .filter(Understood.Event.class::isInstance)
                .map(Understood.Event.class::cast)
                .toList();
        if (events.isEmpty()) {
            return Mono.just(new Receipt.Shaken(((Understood.Handshake) understood.get(0)).handshake()));
        }
        Runnable settled = reservation.handOver(events.size());
        // All are on their way before the first answer is waited for: who hangs up must not leave some of them behind.
        List<Mono<Receipt>> kept =
                events.stream().map(event -> keeper.keep(event, settled)).toList();
        return Mono.zipDelayError(kept, SharedIngest::together)
                .onErrorMap(
                        Exceptions::isMultiple,
                        errors -> Exceptions.unwrapMultiple(errors).get(0));
    }

    private static Receipt together(Object[] receipts) {
        boolean stored = Arrays.stream(receipts).anyMatch(Receipt.Stored.class::isInstance);
        return stored ? new Receipt.Stored() : new Receipt.Repeat();
    }
}
