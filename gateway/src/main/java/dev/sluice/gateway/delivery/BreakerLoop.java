package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import dev.sluice.persistence.endpoint.BreakerClaim;
import dev.sluice.persistence.endpoint.BreakerRepository;
import dev.sluice.persistence.endpoint.ParkedRepository;
import dev.sluice.persistence.instance.Endpoint.Breaker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Looks after breakers that are due: sends one parked delivery to an endpoint whose breaker is open, and lets the next chunk
 * go to one that recovers. Of all nodes only one does so at a time.
 */
final class BreakerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BreakerLoop.class);
    private static final int BREAKERS_AT_ONCE = 64;
    private static final int CHANGES_AT_ONCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PAUSE_WITHOUT_STORE = Duration.ofSeconds(1);
    private static final Duration ROUND_MAX = Duration.ofSeconds(30);
    private static final long SWEEP_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int ENDPOINTS_A_SWEEP = 5_000;
    private static final long FROM_THE_FIRST = -1;

    private final BreakerRepository breakers;
    private final ParkedRepository parked;
    private final OwedDeliveryRepository owed;
    private final Redelivery redelivery;
    private final Lanes lanes;
    private final Limits limits;
    private volatile long sweptUpTo = FROM_THE_FIRST;
    private volatile long sweptAtNanos = System.nanoTime();

    /** When this may work, and for how long a claim holds. */
    record Limits(InHand inHand, Leases leases) {}

    BreakerLoop(
            BreakerRepository breakers,
            ParkedRepository parked,
            OwedDeliveryRepository owed,
            Redelivery redelivery,
            Lanes lanes,
            Limits limits) {
        this.breakers = breakers;
        this.parked = parked;
        this.owed = owed;
        this.redelivery = redelivery;
        this.lanes = lanes;
        this.limits = limits;
    }

    /** Goes on until it is cancelled, through any error. */
    Flux<Void> run() {
        return Mono.defer(this::round)
                .timeout(ROUND_MAX)
                .thenReturn(PAUSE)
                .onErrorResume(storeAway -> {
                    LOG.debug("Breakers could not be looked after", storeAway);
                    return Mono.just(PAUSE_WITHOUT_STORE);
                })
                .flatMap(Mono::delay)
                .then()
                .repeat();
    }

    private Mono<Void> round() {
        if (!limits.inHand().mayAttempt()) {
            return Mono.empty();
        }
        return breakers.claim(limits.leases().lease(), BREAKERS_AT_ONCE)
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(this::lookAfter, CHANGES_AT_ONCE)
                .then(Mono.defer(this::sweep));
    }

    private Mono<Void> lookAfter(BreakerClaim claim) {
        return claim.breaker() == Breaker.OPEN
                ? probe(claim)
                : parked.release(claim).then();
    }

    private Mono<Void> probe(BreakerClaim claim) {
        Lane lane = lanes.of(claim.endpointId());
        Permit permit = lane.enterProbe();
        if (permit == null) {
            return breakers.rest(claim);
        }
        long asked = System.nanoTime();
        return owed.claimProbe(claim.endpointId(), limits.leases().lease())
                .flatMap(delivery -> redelivery
                        .begin(
                                new HeldDelivery.Probing(
                                        delivery, limits.leases().beginUntil(asked), claim),
                                lane,
                                permit)
                        .thenReturn(delivery))
                .switchIfEmpty(Mono.defer(() -> {
                    permit.release();
                    return breakers.rest(claim).then(Mono.empty());
                }))
                .doFinally(signal -> {
                    if (signal != SignalType.ON_COMPLETE) {
                        permit.release();
                    }
                })
                .then();
    }

    private Mono<Void> sweep() {
        if (sweptUpTo == FROM_THE_FIRST && System.nanoTime() - sweptAtNanos < SWEEP_NANOS) {
            return Mono.empty();
        }
        return parked.recoverLeftBehind(sweptUpTo, ENDPOINTS_A_SWEEP)
                .doOnNext(last -> {
                    sweptUpTo = last;
                    sweptAtNanos = System.nanoTime();
                })
                .then();
    }
}
