package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.eventlog.Body;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class LaneTest {
    private static final Duration GUARD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration OPEN = Duration.ofMillis(200);
    private static final long BYTES = 100;
    private static final long BYTES_MAX = 60_000 * BYTES;
    private static final Answer GOOD = answer(200);
    private static final Answer BAD = answer(500);

    @Test
    void admitsAsManyAsMayCallAtOnceAndTheNextWhenOneIsDone() {
        Lane lane = lane(4, 10);
        List<Permit> admitted = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            lane.enter(BYTES).subscribe(admitted::add);
        }

        // A quarter of the four is kept for owed deliveries.
        assertThat(admitted).hasSize(3);
        admitted.get(0).release();
        admitted.get(0).release();
        assertThat(admitted).hasSize(4);
    }

    @Test
    void turnsAwayWhoFindsTheLineFull() {
        Lane lane = lane(1, 1);
        StepVerifier.create(lane.enter(BYTES)).expectNextCount(1).verifyComplete();
        lane.enter(BYTES).subscribe();

        StepVerifier.create(lane.enter(BYTES)).expectComplete().verify(GUARD);
    }

    @Test
    void turnsAwayWhoWouldHoldTooMuchMemoryAndNobodyForLongerThanThat() {
        Lane lane = lane(1, 10);
        List<Permit> admitted = new ArrayList<>();
        lane.enter(BYTES).subscribe(admitted::add);
        lane.enter(BYTES_MAX).subscribe(admitted::add);

        StepVerifier.create(lane.enter(1)).expectComplete().verify(GUARD);

        admitted.get(0).release();
        lane.enter(1).subscribe(admitted::add);
        admitted.get(1).release();
        assertThat(admitted).hasSize(3);
    }

    @Test
    void sendsAwayWhoHasWaitedTooLong() {
        Lane lane = lane(1, 5);
        List<Permit> admitted = new ArrayList<>();
        AtomicInteger sentAway = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            lane.enter(BYTES).subscribe(admitted::add, error -> {}, sentAway::incrementAndGet);
        }
        int admittedAtOnce = sentAway.get();

        lane.expire(System.nanoTime());
        assertThat(sentAway).hasValue(admittedAtOnce);

        lane.expire(System.nanoTime() + PATIENCE.toNanos());
        assertThat(sentAway).hasValue(3);
        admitted.get(0).release();
        assertThat(admitted).hasSize(1);
    }

    @Test
    void keepsCallsForOwedDeliveriesAndGivesThemWhatNobodyUses() {
        Lane lane = lane(8, 10);

        List<Permit> all = lane.enterOwed(100);
        assertThat(all).hasSize(8);
        all.forEach(Permit::release);

        List<Permit> admitted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lane.enter(BYTES).subscribe(admitted::add);
        }
        assertThat(admitted).hasSize(6);
        assertThat(lane.enterOwed(100)).hasSize(2);
    }

    @Test
    void refusesCallsAfterMostHaveFailedAndTriesAgainLater() {
        Lane lane = lane(8, 10);
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(lane.guard(Mono.just(BAD))).expectNext(BAD).verifyComplete();
        }

        StepVerifier.create(lane.guard(Mono.just(GOOD)))
                .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.BREAKER_OPEN)
                .verify(GUARD);
        assertThat(lane.enterOwed(5)).isEmpty();
        assertThat(lane.openFor()).isBetween(Duration.ofNanos(1), OPEN);

        await().atMost(GUARD).until(() -> lane.openFor().isZero());
        List<Permit> probe = lane.enterOwed(5);
        assertThat(probe).hasSize(1);
        StepVerifier.create(lane.guard(Mono.just(GOOD)).then(lane.guard(Mono.just(GOOD))))
                .expectNext(GOOD)
                .verifyComplete();
        assertThat(lane.enterOwed(5)).hasSize(5);
    }

    @Test
    void opensAgainWhenTheProbesFail() {
        Lane lane = lane(8, 10);
        Mono<Answer> failing = Mono.error(new IOException("gone"));
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(lane.guard(failing)).verifyError(IOException.class);
        }
        await().atMost(GUARD).until(() -> lane.openFor().isZero());
        StepVerifier.create(lane.guard(failing)).verifyError(IOException.class);
        StepVerifier.create(lane.guard(failing)).verifyError(IOException.class);

        assertThat(lane.openFor()).isPositive();
        StepVerifier.create(lane.guard(failing))
                .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.BREAKER_OPEN)
                .verify(GUARD);
    }

    @Test
    void doesNotBlameTheEndpointForOurOwnLackOfConnections() {
        Lane lane = lane(8, 10);
        for (int i = 0; i < 30; i++) {
            StepVerifier.create(lane.guard(Mono.error(new NoConnectionException())))
                    .verifyError(NoConnectionException.class);
        }

        assertThat(lane.openFor()).isZero();
        StepVerifier.create(lane.guard(Mono.just(GOOD))).expectNext(GOOD).verifyComplete();
    }

    @Test
    void changesHowManyMayCallAtOnce() {
        Lane lane = lane(8, 10);
        lane.limitTo(OptionalInt.of(1), OptionalInt.empty());

        assertThat(lane.enterOwed(100)).hasSize(1);

        Lane wider = lane(1, 10);
        wider.limitTo(OptionalInt.of(8), OptionalInt.empty());
        List<Permit> all = wider.enterOwed(100);
        assertThat(all).hasSize(8);
        all.forEach(Permit::release);

        wider.limitTo(OptionalInt.empty(), OptionalInt.empty());
        assertThat(wider.enterOwed(100)).hasSize(1);
    }

    @Test
    void givesAFailingEndpointOneRepeatForFourFirstAttempts() {
        Lane lane = lane(64, 10);
        for (int i = 0; i < 40; i++) {
            assertThat(call(lane, 0)).isTrue();
        }
        int ready = lane.enterOwed(1_000).size();
        assertThat(ready).as("it does not fail").isEqualTo(64);

        Lane failing = lane(64, 10);
        StepVerifier.create(failing.guard(Mono.just(BAD))).expectNext(BAD).verifyComplete();
        for (int i = 0; i < 40; i++) {
            assertThat(call(failing, 0)).isTrue();
        }
        List<Permit> repeats = failing.enterOwed(1_000);
        // One a second comes on top, and seconds pass while this runs.
        assertThat(repeats).hasSizeBetween(10, 20);
        repeats.forEach(repeat -> assertThat(failing.tryCall(repeat, 1, true)).isTrue());
        repeats.forEach(Permit::release);
        assertThat(failing.enterOwed(1_000)).hasSizeLessThan(10);
    }

    @Test
    void needsNoBudgetForFirstAttemptsThatAreOwed() {
        Lane lane = lane(64, 10);
        assertThat(lane.mayRepeat()).isTrue();

        StepVerifier.create(lane.guard(Mono.just(BAD))).expectNext(BAD).verifyComplete();
        for (int i = 0; i < 100; i++) {
            assertThat(call(lane, 1)).isTrue();
        }

        assertThat(lane.mayRepeat()).isFalse();
        assertThat(lane.enterOwed(1_000)).isEmpty();
        assertThat(lane.enterInLine(1_000)).hasSize(64);
    }

    @Test
    void callsNoMoreOftenASecondThanAllowedAndKeepsAQuarterForOwedDeliveries() {
        Lane lane = lane(64, 10);
        // So many that no second of a slow machine is enough to use them up and get them back.
        int limit = 1_000_000;
        lane.limitTo(OptionalInt.empty(), OptionalInt.of(limit));
        assertThat(lane.enterOwed(1_000)).hasSize(64);

        Lane slow = lane(64, 10);
        slow.limitTo(OptionalInt.empty(), OptionalInt.of(4));
        long from = System.nanoTime();
        int first = 0;
        int owed = 0;
        for (int i = 0; i < 100; i++) {
            first += call(slow, 0) ? 1 : 0;
            owed += call(slow, 1) ? 1 : 0;
        }
        long periods = Duration.ofNanos(System.nanoTime() - from).toSeconds() + 2;
        assertThat(first + owed).isBetween(4, (int) (4 * periods));
        assertThat(owed).isPositive();
        assertThat(slow.enterOwed(1_000)).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void saysHowLongCallsASecondHoldOwedDeliveriesBackAndCountsProbes() {
        Lane lane = lane(64, 10);
        assertThat(lane.pacedFor()).isZero();
        lane.limitTo(OptionalInt.empty(), OptionalInt.of(1));
        assertThat(lane.pacedFor()).isZero();

        Permit permit = Objects.requireNonNull(lane.enterProbe());
        lane.probe(permit);
        permit.release();

        Duration paced = lane.pacedFor();
        assertThat(paced).isLessThanOrEqualTo(Duration.ofSeconds(1));
        await().atMost(GUARD).until(() -> lane.pacedFor().isZero());
        lane.limitTo(OptionalInt.empty(), OptionalInt.empty());
        assertThat(lane.pacedFor()).isZero();
    }

    @Test
    void neverExceedsItsLimitAndLosesNobodyWhenManyRace() {
        int limit = 7;
        int calls = 20_000;
        Lane lane = lane(limit, calls);
        AtomicInteger running = new AtomicInteger();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();

        Mono<Void> call = lane.enter(BYTES)
                .publishOn(Schedulers.parallel())
                .doOnNext(permit -> {
                    seen.add(running.incrementAndGet());
                    running.decrementAndGet();
                    permit.release();
                })
                .then();
        StepVerifier.create(Flux.range(0, calls)
                        .parallel()
                        .runOn(Schedulers.parallel())
                        .flatMap(i -> call))
                .expectComplete()
                .verify(Duration.ofSeconds(30));

        assertThat(seen).hasSize(calls).allMatch(count -> count <= limit);
        assertThat(lane.enterOwed(100)).hasSize(limit);
    }

    @Test
    void doesNotGrowTheStackWhenAllWhoWaitFailAtOnce() {
        int calls = 50_000;
        Lane lane = lane(1, calls);
        List<Permit> first = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        lane.enter(BYTES).subscribe(first::add);
        for (int i = 0; i < calls; i++) {
            lane.enter(BYTES).subscribe(permit -> {
                done.incrementAndGet();
                permit.release();
            });
        }

        first.get(0).release();

        assertThat(done).hasValue(calls);
    }

    /** One that is over at once. */
    private static boolean call(Lane lane, int attempts) {
        Permit permit = Objects.requireNonNull(lane.enterProbe());
        boolean called = lane.tryCall(permit, attempts, attempts > 0);
        permit.release();
        return called;
    }

    private static Lane lane(int concurrency, int waitingMax) {
        return new Lanes(new LaneLimits(concurrency, waitingMax, BYTES_MAX, PATIENCE, OPEN)).of(1);
    }

    private static Answer answer(int status) {
        return new Answer(status, null, null, new Body(new byte[0]));
    }
}
