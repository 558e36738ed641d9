package dev.sluice.gateway.redelivery;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.redelivery.RedeliverableEvent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes deliveries owed again: those of an event, or each by itself. */
public final class Redeliverer {
    private static final int AT_ONCE = 64;

    private final OutcomeLog outcomes;

    Redeliverer(OutcomeLog outcomes) {
        this.outcomes = outcomes;
    }

    /** A delivery, and whether it is made again: not while it is under way. */
    public record Asked(DeliveryId delivery, boolean again) {}

    /** Every delivery of the event, in order. */
    public Flux<Asked> again(Instance instance, RedeliverableEvent event) {
        return Flux.fromStream(() -> deliveries(instance, event)).flatMapSequential(this::again, AT_ONCE);
    }

    /** One delivery: it begins anew, or is due now, unless it is under way. Whether it is made again. */
    public Mono<Boolean> oneAgain(DeliveryId delivery) {
        return again(delivery).map(Asked::again);
    }

    private Mono<Asked> again(DeliveryId delivery) {
        return outcomes.record(new Outcome.Again(delivery))
                .map(recorded -> new Asked(delivery, recorded == Recorded.WRITTEN));
    }

    private static Stream<DeliveryId> deliveries(Instance instance, RedeliverableEvent event) {
        return endpoints(instance, event).stream()
                .flatMap(endpoint ->
                        IntStream.range(0, event.parts()).mapToObj(part -> new DeliveryId(event.id(), endpoint, part)));
    }

    /** To whom it was owed, as far as they are still there; when it was owed to nobody, to all who are active now. */
    private static List<Long> endpoints(Instance instance, RedeliverableEvent event) {
        List<Long> left = instance.endpoints().stream()
                .map(Endpoint::id)
                .filter(event.endpointIds()::contains)
                .toList();
        return left.isEmpty() ? instance.activeEndpointIds() : left;
    }
}
