package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.retry.ClaimFloors;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DuePosition;
import dev.sluice.persistence.delivery.LineRepository;
import dev.sluice.persistence.delivery.LineRepository.Turn;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import dev.sluice.persistence.endpoint.ParkedRepository;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
    /** So long calls that have become free again gather, so that one claim takes several. */
    private static final Duration PAUSE_PACED = Duration.ofMillis(25);

    private static final Duration PAUSE_WITHOUT_STORE = Duration.ofSeconds(1);
    /** A round that the database leaves without an answer is begun anew: its claims come back when their leases end. */
    private static final Duration ROUND_MAX = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    private static final long FROM_THE_FIRST = -1;

    private final Queues queues;
    private final DueNow dueNow;
    private final Redelivery redelivery;
    private final Lanes lanes;
    private final InHand inHand;
    private final Leases leases;
    private final ClaimFloors floors = new ClaimFloors();
    /** Endpoints that had more due than could be claimed: they are served again without looking for them. */
    private final Map<Long, DueEndpoint> busy = new ConcurrentHashMap<>();

    /** How long until calls allow one of those again. */
    private final AtomicLong pacedNanos = new AtomicLong(Long.MAX_VALUE);

    private volatile long lookedAtNanos = System.nanoTime();
    private volatile long lastEndpoint = FROM_THE_FIRST;
    private volatile Duration pause = PAUSE_MIN;

    /** Where what is owed waits: by due time, in lines, without a time. */
    record Queues(OwedDeliveryRepository owed, LineRepository lines, ParkedRepository parked) {}

    OwedLoop(Queues queues, DueNow dueNow, Redelivery redelivery, Lanes lanes, InHand inHand, Leases leases) {
        this.queues = queues;
        this.dueNow = dueNow;
        this.redelivery = redelivery;
        this.lanes = lanes;
        this.inHand = inHand;
        this.leases = leases;
    }

    /** Goes on until it is cancelled, through any error. */
    Flux<Void> run() {
        return Mono.defer(this::round)
                .timeout(ROUND_MAX)
                .map(this::pauseAfter)
                .onErrorResume(storeAway -> {
                    LOG.debug("Owed deliveries could not be claimed", storeAway);
                    return Mono.just(PAUSE_WITHOUT_STORE);
                })
                .flatMap(dueNow::waitAtMost)
                .repeat();
    }

    /** How many were claimed, set aside, or parked. */
    private Mono<Integer> round() {
        List<Long> told = dueNow.take();
        if (!inHand.mayClaim()) {
            return Mono.just(0);
        }
        told.forEach(id -> busy.put(id, new DueEndpoint(id, false, true)));
        long now = System.nanoTime();
        if (!busy.isEmpty() && now - lookedAtNanos < LOOK_NANOS) {
            return serveAll(List.copyOf(busy.values()));
        }
        lookedAtNanos = now;
        Map<Long, DuePosition> known = floors.known(now);
        return Flux.concat(
                        queues.owed().stillDue(known),
                        queues.owed()
                                .endpointsWithDueWork(lastEndpoint, ENDPOINTS_A_ROUND, known.keySet())
                                .collectList()
                                .doOnNext(this::turnThePage)
                                .flatMapIterable(page -> page))
                .collectList()
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
        pause = claimed > 0 ? PAUSE_MIN : shorter(pause.multipliedBy(2), PAUSE_MAX);
        return shorter(pause, longer(Duration.ofNanos(pacedNanos.getAndSet(Long.MAX_VALUE)), PAUSE_PACED));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Mono<Integer> serve(DueEndpoint endpoint) {
        return endpoint.shut()
                ? queues.parked().park(endpoint.id(), PARKED_A_TURN).map(Math::toIntExact)
                : claim(endpoint);
    }

    private Mono<Integer> claim(DueEndpoint endpoint) {
        long endpointId = endpoint.id();
        Lane lane = lanes.of(endpointId);
        List<Permit> permits = inHand.mayClaim() ? enter(lane, endpoint) : List.of();
        if (permits.isEmpty()) {
            passOver(endpoint, lane.isFull() ? PAUSE_PACED : lane.pacedFor());
            return Mono.just(0);
        }
        long asked = System.nanoTime();
        DuePosition from = floors.of(endpointId, asked);
        LineRepository.Most most = new LineRepository.Most(permits.size(), lane.mayRepeat());
        return claim(endpoint, from, most)
                .doOnNext(turn -> remember(endpoint, turn.claims(), most))
                .flatMap(turn -> begin(turn.claims(), leases.beginUntil(asked), lane, permits)
                        .flatMap(begun -> turn.others()
                                ? setAside(endpoint, from).map(aside -> begun + aside)
                                : Mono.just(begun)))
                .doFinally(signal -> {
                    if (signal != SignalType.ON_COMPLETE) {
                        permits.forEach(Permit::release);
                    }
                });
    }

    /** One that only its calls hold back, those under way or those of the last second, is served as soon as these allow it. */
    private void passOver(DueEndpoint endpoint, Duration paced) {
        if (paced.isZero() || !busy.containsKey(endpoint.id())) {
            busy.remove(endpoint.id());
        } else {
            pacedNanos.accumulateAndGet(paced.toNanos(), Math::min);
        }
    }

    private static List<Permit> enter(Lane lane, DueEndpoint endpoint) {
        return endpoint.inLines() ? lane.enterInLine(CLAIMS_A_TURN) : lane.enterOwed(CLAIMS_A_TURN);
    }

    private Mono<Turn> claim(DueEndpoint endpoint, DuePosition from, LineRepository.Most most) {
        return endpoint.inLines()
                ? queues.lines().claimFirst(endpoint.id(), from, leases.lease(), most)
                : queues.owed()
                        .claimDue(endpoint.id(), from, leases.lease(), most.count())
                        .collectList()
                        .map(claims -> new Turn(claims, false));
    }

    private Mono<Integer> setAside(DueEndpoint endpoint, DuePosition from) {
        return queues.lines()
                .setAside(endpoint.id(), from)
                .map(Math::toIntExact)
                .doOnNext(aside -> {
                    if (aside > 0) {
                        // What is behind them has not been looked at yet.
                        busy.put(endpoint.id(), endpoint);
                    }
                });
    }

    private void remember(DueEndpoint endpoint, List<ClaimedDelivery> claims, LineRepository.Most most) {
        if (most.repeats() || !endpoint.inLines()) {
            raiseFloor(endpoint.id(), claims);
        }
        if (claims.size() < most.count()) {
            busy.remove(endpoint.id());
        } else {
            busy.put(endpoint.id(), endpoint);
        }
    }

    /** Not to be done where repeats were passed over: they are due before what was claimed. */
    private void raiseFloor(long endpointId, List<ClaimedDelivery> claims) {
        claims.stream()
                .filter(claim -> claim.dueAt() != null)
                .map(claim -> new DuePosition(
                        Objects.requireNonNull(claim.dueAt()),
                        claim.id().eventId().id()))
                .max(Comparator.comparing(DuePosition::dueAt).thenComparing(OwedLoop::byEvent))
                .ifPresent(last -> floors.claimed(endpointId, last, claims.size(), System.nanoTime()));
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

    private Mono<Integer> begin(List<ClaimedDelivery> claims, long beginUntilNanos, Lane lane, List<Permit> permits) {
        permits.subList(claims.size(), permits.size()).forEach(Permit::release);
        return Flux.range(0, claims.size())
                .concatMap(index -> redelivery.begin(
                        new HeldDelivery.Claimed(claims.get(index), beginUntilNanos), lane, permits.get(index)))
                .then(Mono.just(claims.size()));
    }
}
