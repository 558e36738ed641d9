package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.delivery.notification.DeliverableEvent;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Brings a claimed delivery on its way: reads what is to be told, and launches the attempt. */
final class Redelivery {
    private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);
    private static final int CLAIMS_MAX = 5;
    private static final long BYTES_A_DELIVERY = 4 * 1_024;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final EventRepository events;
    private final Destinations destinations;
    private final Courier courier;
    private final Settlement settlement;
    private final InHand inHand;
    private final Contents contents;

    Redelivery(
            EventRepository events,
            Destinations destinations,
            Courier courier,
            Settlement settlement,
            InHand inHand,
            Contents contents) {
        this.events = events;
        this.destinations = destinations;
        this.courier = courier;
        this.settlement = settlement;
        this.inHand = inHand;
        this.contents = contents;
    }

    /**
     * Launches the attempt, or what has to be written instead. Completes when that goes on by itself; never with an error.
     *
     * @param permit given back by whatever this comes to
     */
    Mono<Void> begin(HeldDelivery.FromRow held, Lane lane, Permit permit) {
        ClaimedDelivery claim = held.claim();
        if (claim.claims() > CLAIMS_MAX) {
            return instead(permit, settlement.ended(held, Ending.POISON, CLAIMS_MAX + " claims brought no outcome"));
        }
        return destinations
                .find(claim.id().eventId().instanceId(), claim.id().endpointId())
                .flatMap(destination -> begin(held, destination, lane, permit))
                .onErrorResume(error -> {
                    LOG.debug("Delivery {} could not be read", claim.id(), error);
                    return instead(permit, settlement.postponed(held, SOON));
                });
    }

    private Mono<Void> begin(HeldDelivery held, Destination destination, Lane lane, Permit permit) {
        if (destination instanceof Destination.Open open) {
            return read(held, open.callback(), lane, permit);
        }
        return destination instanceof Destination.Resting resting && held instanceof HeldDelivery.Probing
                ? read(held, resting.callback(), lane, permit)
                : instead(permit, courier.unreachable(held, destination));
    }

    private Mono<Void> read(HeldDelivery held, Callback callback, Lane lane, Permit permit) {
        return events.find(held.id().eventId())
                .doOnNext(event -> inHand.launch(attempt(held, event, callback, lane, permit)))
                .switchIfEmpty(instead(permit, settlement.ended(held, Ending.EXPIRED, "the event has left retention"))
                        .then(Mono.empty()))
                .then();
    }

    private Mono<Void> attempt(HeldDelivery held, StoredEvent event, Callback callback, Lane lane, Permit permit) {
        long bytes = event.body().length() + BYTES_A_DELIVERY;
        if (!inHand.tryTake(bytes)) {
            return settlement.postponed(held, SOON).doFirst(permit::release);
        }
        DeliverableEvent deliverable = contents.of(event, callback.recipient().elementKey());
        return courier.bring(held, deliverable, callback, lane, permit).doFinally(signal -> inHand.giveBack(bytes));
    }

    private Mono<Void> instead(Permit permit, Mono<Void> work) {
        return Mono.fromRunnable(() -> {
            permit.release();
            inHand.launch(work);
        });
    }
}
