package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.delivery.notification.DeliverableEvent;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes events from the log as they are committed and makes the first attempts from memory: on the healthy path a delivery
 * costs one row in the attempt log and no more. What cannot be attempted soon becomes owed. What stands in a line is owed
 * already, and never comes into memory that way.
 */
public final class Dispatcher implements Consumer<CommittedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** What a delivery costs besides its body: its objects, its place in line, its share of a connection. */
    private static final long BYTES_A_DELIVERY = 4 * 1_024;

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int PARTS_AT_ONCE = 8;

    private final Destinations destinations;
    private final Lanes lanes;
    private final Courier courier;
    private final Settlement settlement;
    private final InHand inHand;
    private final Contents contents;

    Dispatcher(
            Destinations destinations,
            Lanes lanes,
            Courier courier,
            Settlement settlement,
            InHand inHand,
            Contents contents) {
        this.destinations = destinations;
        this.lanes = lanes;
        this.courier = courier;
        this.settlement = settlement;
        this.inHand = inHand;
        this.contents = contents;
    }

    /** Takes an event that is committed. Returns at once, on any thread. */
    @Override
    public void accept(CommittedEvent event) {
        int deliveries = event.deliveries();
        if (deliveries == 0) {
            inHand.begin(settlement.unowed(event));
            return;
        }
        if (event.isOrdered()) {
            inHand.launch(settlement.owedInLine(event));
            return;
        }
        long bytes = event.draft().body().length() + deliveries * BYTES_A_DELIVERY;
        if (inHand.mayAttempt() && inHand.tryTake(bytes)) {
            inHand.launch(deliver(event).doFinally(signal -> inHand.giveBack(bytes)));
        } else {
            inHand.launch(postpone(event));
        }
    }

    private Mono<Void> deliver(CommittedEvent event) {
        EventDraft draft = event.draft();
        if (draft.endpointIds().size() == 1) {
            return deliver(event, draft.endpointIds().get(0));
        }
        // All at once, and an instance has few: however many of them hang, no other waits for them.
        return Flux.fromIterable(draft.endpointIds())
                .flatMap(
                        endpointId -> deliver(event, endpointId),
                        draft.endpointIds().size())
                .then();
    }

    private Mono<Void> deliver(CommittedEvent event, long endpointId) {
        return destinations
                .find(event.id().instanceId(), endpointId)
                .onErrorResume(error -> {
                    LOG.debug("Instance {} could not be read", event.id().instanceId(), error);
                    return Mono.just(new Destination.Shut(SOON));
                })
                .flatMap(destination -> deliver(event, endpointId, destination));
    }

    private Mono<Void> deliver(CommittedEvent event, long endpointId, Destination destination) {
        if (destination instanceof Destination.Open open) {
            DeliverableEvent deliverable =
                    contents.of(event, open.callback().recipient().elementKey());
            Lane lane = lanes.of(endpointId);
            // Before anybody enters: a lane that is new does not know its limits yet.
            lane.limitTo(open.callback().concurrency(), open.callback().rateLimit());
            return eachPart(event, endpointId, held -> attempt(held, deliverable, open.callback(), lane));
        }
        return eachPart(event, endpointId, held -> courier.unreachable(held, destination));
    }

    private Mono<Void> attempt(HeldDelivery held, DeliverableEvent event, Callback callback, Lane lane) {
        Permit now = lane.tryEnter();
        if (now != null) {
            return courier.bring(held, event, callback, lane, now);
        }
        return lane.enter(event.raw().length() + BYTES_A_DELIVERY)
                .flatMap(permit ->
                        courier.bring(held, event, callback, lane, permit).thenReturn(held))
                .switchIfEmpty(settlement.postponed(held, SOON).thenReturn(held))
                .then();
    }

    /** There is no memory for the event: while this waits to be written, nothing of it holds the body. */
    private Mono<Void> postpone(CommittedEvent event) {
        Parts parts = Parts.of(event);
        return Flux.fromIterable(event.draft().endpointIds())
                .concatMap(endpointId -> parts.each(endpointId, held -> settlement.postponed(held, SOON)))
                .then();
    }

    private static Mono<Void> eachPart(CommittedEvent event, long endpointId, Function<HeldDelivery, Mono<Void>> work) {
        return Parts.of(event).each(endpointId, work);
    }

    /**
     * What an endpoint gets of an event.
     *
     * @param first what the event is searched by, when there is one delivery in all; else null
     */
    private record Parts(EventId event, int count, @Nullable Findable first) {
        static Parts of(CommittedEvent event) {
            return new Parts(event.id(), event.parts(), event.deliveries() == 1 ? event.findable() : null);
        }

        Mono<Void> each(long endpointId, Function<HeldDelivery, Mono<Void>> work) {
            if (count == 1) {
                return work.apply(new HeldDelivery.Fresh(new DeliveryId(event, endpointId, 0), first));
            }
            return Flux.range(0, count)
                    .flatMap(
                            part -> work.apply(new HeldDelivery.Fresh(new DeliveryId(event, endpointId, part))),
                            PARTS_AT_ONCE)
                    .then();
        }
    }
}
