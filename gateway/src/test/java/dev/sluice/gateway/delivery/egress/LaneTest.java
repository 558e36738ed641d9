package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Who may call, how many at once, and who waits. */
class LaneTest extends LaneRig {

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

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void isFullOnlyWhileAllItsCallsAreUnderWay(int concurrency) {
        Lane lane = lane(concurrency, 10);
        assertThat(lane.isFull()).isFalse();

        List<Permit> permits = lane.enterOwed(100);
        assertThat(permits).hasSize(concurrency);
        assertThat(lane.isFull()).isTrue();

        permits.get(0).release();
        assertThat(lane.isFull()).isFalse();
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
        wider.limitTo(OptionalInt.of(Integer.MAX_VALUE), OptionalInt.empty());
        assertThat(wider.enterOwed(20_000)).hasSize(9_999);
    }

    @Test
    void waitsForNobodyWhenFewerMayCallThanDo() {
        Lane lane = lane(8, 10);
        List<Permit> calling = lane.enterOwed(100);
        assertThat(calling).hasSize(8);

        assertTimeoutPreemptively(GUARD, () -> lane.limitTo(OptionalInt.of(2), OptionalInt.empty()));

        calling.subList(0, 6).forEach(Permit::release);
        assertThat(lane.tryEnter()).as("there are two already").isNull();
        assertThat(lane.enterOwed(100)).isEmpty();
        calling.get(6).release();
        assertThat(lane.enterOwed(100)).hasSize(1);
        calling.get(7).release();
        assertThat(lane.enterOwed(100)).hasSize(1);
        lane.limitTo(OptionalInt.of(8), OptionalInt.empty());
        assertThat(lane.enterOwed(100)).hasSize(6);
    }

    @Test
    void takesBackTheRightToCallFromThoseWhoAreTooMany() {
        Lane lane = lane(64, 10);
        List<Permit> entered = lane.enterOwed(16);

        assertTimeoutPreemptively(GUARD, () -> lane.limitTo(OptionalInt.of(4), OptionalInt.empty()));
        List<Permit> calling = entered.stream()
                .filter(permit -> {
                    boolean called = lane.tryCall(permit, 0, true);
                    if (!called) {
                        permit.release();
                    }
                    return called;
                })
                .toList();

        // Three quarters of the four are for first attempts, and nobody has one of those.
        assertThat(calling).hasSize(1);
        calling.forEach(Permit::release);
        assertThat(lane.enterOwed(100)).hasSize(4);
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
}
