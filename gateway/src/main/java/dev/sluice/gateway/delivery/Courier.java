package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.notification.DeliverableEvent;
import dev.sluice.persistence.epoch.DatabaseClock;
import dev.sluice.persistence.instance.EndpointRepository;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Makes one attempt and has what became of it written down. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** Long enough not to spin on a lane that lets nothing through, short enough not to be felt. */
    private static final Duration SHORTEST_POSTPONEMENT = Duration.ofSeconds(1);

    private final CallbackClient client;
    private final EndpointRepository endpoints;
    private final Settlement settlement;
    private final DatabaseClock clock;

    Courier(CallbackClient client, EndpointRepository endpoints, Settlement settlement, DatabaseClock clock) {
        this.client = client;
        this.endpoints = endpoints;
        this.settlement = settlement;
        this.clock = clock;
    }

    /**
     * Calls the callback once. Completes when what became of it is written; never with an error.
     *
     * @param permit for the lane; given back as soon as the call is over
     */
    Mono<Void> bring(HeldDelivery held, DeliverableEvent event, Callback callback, Lane lane, Permit permit) {
        return Mono.defer(() -> {
            Instant at = clock.now();
            long began = System.nanoTime();
            callback.concurrency().ifPresent(lane::limitTo);
            return lane.guard(client.post(callback.uri(), () -> callback.request(held.id(), event, clock.now())))
                    .map(answer -> AttemptOutcome.of(answer, clock.now()))
                    .onErrorResume(error -> Mono.just(AttemptOutcome.of(error)))
                    .doFinally(signal -> permit.release())
                    .flatMap(outcome -> settle(held, callback, lane, outcome, at, began));
        });
    }

    private Mono<Void> settle(
            HeldDelivery held, Callback callback, Lane lane, AttemptOutcome outcome, Instant at, long began) {
        if (outcome instanceof AttemptOutcome.Failed failed && !failed.cause().isAttempt()) {
            Duration open = lane.openFor();
            return settlement.postponed(held, open.compareTo(SHORTEST_POSTPONEMENT) > 0 ? open : SHORTEST_POSTPONEMENT);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        Mono<Void> written = settlement.attempted(held, outcome, callback.schedule(), at, elapsed);
        return outcome instanceof AttemptOutcome.Gone ? stop(held, callback).then(written) : written;
    }

    private Mono<Void> stop(HeldDelivery held, Callback callback) {
        return endpoints
                .stop(held.id().endpointId(), callback.uri().toString(), "The callback answered 410 Gone.")
                .onErrorResume(error -> {
                    // The next notification brings the same answer, and another chance.
                    LOG.warn(
                            "Endpoint {} answered 410 and could not be stopped",
                            held.id().endpointId(),
                            error);
                    return Mono.empty();
                });
    }
}
