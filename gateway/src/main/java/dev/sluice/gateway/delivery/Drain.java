package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.egress.Lanes;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Ends all deliveries in order: nothing new begins, who waits becomes owed, calls under way may end. After the event log has
 * taken its last event, before outcomes are no longer written; the claiming goes on for what it has claimed already, and claims
 * no more.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Lanes lanes;
    private final InHand inHand;
    private final CallbackClient client;
    private final Supplier<Duration> drainMax;

    /** @param drainMax how long the last calls may take, asked when they are the last */
    Drain(Lanes lanes, InHand inHand, CallbackClient client, Supplier<Duration> drainMax) {
        this.lanes = lanes;
        this.inHand = inHand;
        this.client = client;
        this.drainMax = drainMax;
    }

    /** Completes when it is done, or its time is over; never with an error. */
    Mono<Void> run() {
        return Mono.defer(this::emptied)
                .doOnError(late -> LOG.warn("Calls still under way are given up; their deliveries will be repeated"))
                .onErrorComplete()
                .then(Mono.fromRunnable(client::close));
    }

    private Mono<Void> emptied() {
        inHand.close();
        lanes.sendAwayAll();
        return inHand.emptied().timeout(drainMax.get());
    }
}
