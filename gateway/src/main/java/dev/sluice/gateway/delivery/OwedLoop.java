package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.retry.ClaimFloors;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DuePosition;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import dev.sluice.persistence.endpoint.ParkedRepository;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Looks for owed deliveries that are due, and claims those that can start now. Endpoints take turns, so that one with a
 * million owed deliveries has no more of a round than one with a single one. What is due to an endpoint whose breaker is open
 * is parked.
 */
final class OwedLoop {
    private static final Logger LOG = LoggerFactory.getLogger(OwedLoop.class);
    private static final int ENDPOINTS_A_ROUND = 500;
    private static final int ENDPOINTS_AT_ONCE = 4;
    private static final int CLAIMS_A_TURN = 16;
    private static final int PARKED_A_TURN = 500;
    private static final Duration PAUSE_MIN = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(320);
    private static final Duration PAUSE_WITHOUT_STORE = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    private static final long FROM_THE_FIRST = -1;

    private final OwedDeliveryRepository owed;
    private final ParkedRepository parked;
    private final Redelivery redelivery;
    private final Lanes lanes;
    private final InHand inHand;
    private final Duration lease;
    private final ClaimFloors floors = new ClaimFloors();
    /** Endpoints that had more due than could be claimed: they are served again without looking for them. */
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    private volatile long lookedAtNanos = System.nanoTime();
    private volatile long lastEndpoint = FROM_THE_FIRST;
    private volatile Duration pause = PAUSE_MIN;

    /** @param lease how long a claim holds: longer than any attempt */
    OwedLoop(
            OwedDeliveryRepository owed,
            ParkedRepository parked,
            Redelivery redelivery,
            Lanes lanes,
            InHand inHand,
            Duration lease) {
        this.owed = owed;
        this.parked = parked;
        this.redelivery = redelivery;
        this.lanes = lanes;
        this.inHand = inHand;
        this.lease = lease;
    }

    /** Goes on until it is cancelled, through any error. */
    Flux<Void> run() {
        return Mono.defer(this::round)
                .map(this::pauseAfter)
                .onErrorResume(storeAway -> {
                    LOG.debug("Owed deliveries could not be claimed", storeAway);
                    return Mono.just(PAUSE_WITHOUT_STORE);
                })
                .flatMap(Mono::delay)
                .then()
                .repeat();
    }

    /** How many were claimed, or parked. */
    private Mono<Integer> round() {
        if (!inHand.mayAttempt()) {
            return Mono.just(0);
        }
        long now = System.nanoTime();
        if (!busy.isEmpty() && now - lookedAtNanos < LOOK_NANOS) {
            return serveAll(List.copyOf(busy).stream()
                    .map(id -> new DueEndpoint(id, false))
                    .toList());
        }
        lookedAtNanos = now;
        return owed.endpointsWithDueWork(lastEndpoint, ENDPOINTS_A_ROUND)
                .collectList()
                .doOnNext(this::turnThePage)
                .flatMap(this::serveAll);
    }

    private Mono<Integer> serveAll(List<DueEndpoint> endpoints) {
        return Flux.fromIterable(endpoints)
                .flatMap(this::serve, ENDPOINTS_AT_ONCE)
                .reduce(0, Integer::sum);
    }

    private void turnThePage(List<DueEndpoint> page) {
        lastEndpoint = page.size() < ENDPOINTS_A_ROUND
                ? FROM_THE_FIRST
                : page.get(page.size() - 1).id();
    }

    private Duration pauseAfter(int claimed) {
        Duration longer = pause.multipliedBy(2);
        pause = claimed > 0 ? PAUSE_MIN : longer.compareTo(PAUSE_MAX) < 0 ? longer : PAUSE_MAX;
        return pause;
    }

    private Mono<Integer> serve(DueEndpoint endpoint) {
        return endpoint.shut() ? parked.park(endpoint.id(), PARKED_A_TURN).map(Math::toIntExact) : claim(endpoint.id());
    }

    private Mono<Integer> claim(long endpointId) {
        Lane lane = lanes.of(endpointId);
        List<Permit> permits = inHand.mayAttempt() ? lane.enterOwed(CLAIMS_A_TURN) : List.of();
        if (permits.isEmpty()) {
            busy.remove(endpointId);
            return Mono.just(0);
        }
        return owed.claimDue(endpointId, floors.of(endpointId, System.nanoTime()), lease, permits.size())
                .collectList()
                .doOnNext(claims -> remember(endpointId, claims, permits.size()))
                .flatMap(claims -> begin(claims, lane, permits))
                .doFinally(signal -> {
                    if (signal != SignalType.ON_COMPLETE) {
                        permits.forEach(Permit::release);
                    }
                });
    }

    private void remember(long endpointId, List<ClaimedDelivery> claims, int most) {
        claims.stream()
                .filter(claim -> claim.dueAt() != null)
                .map(claim -> new DuePosition(
                        Objects.requireNonNull(claim.dueAt()),
                        claim.id().eventId().id()))
                .max(Comparator.comparing(DuePosition::dueAt).thenComparing(OwedLoop::byEvent))
                .ifPresent(last -> floors.claimed(endpointId, last, System.nanoTime()));
        if (claims.size() < most) {
            busy.remove(endpointId);
        } else {
            busy.add(endpointId);
        }
    }

    /** In PostgreSQL's order, which is that of the bytes. */
    private static int byEvent(DuePosition one, DuePosition other) {
        int high = Long.compareUnsigned(
                one.eventId().getMostSignificantBits(), other.eventId().getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.eventId().getLeastSignificantBits(), other.eventId().getLeastSignificantBits());
    }

    private Mono<Integer> begin(List<ClaimedDelivery> claims, Lane lane, List<Permit> permits) {
        permits.subList(claims.size(), permits.size()).forEach(Permit::release);
        return Flux.range(0, claims.size())
                .concatMap(index ->
                        redelivery.begin(new HeldDelivery.Claimed(claims.get(index)), lane, permits.get(index)))
                .then(Mono.just(claims.size()));
    }
}
