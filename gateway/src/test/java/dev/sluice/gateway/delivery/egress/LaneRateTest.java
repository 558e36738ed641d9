package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How often is called: calls a second, and repeats while calls fail. */
class LaneRateTest extends LaneRig {

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

    /** One that is over at once. */
    private static boolean call(Lane lane, int attempts) {
        Permit permit = Objects.requireNonNull(lane.enterProbe());
        boolean called = lane.tryCall(permit, attempts, attempts > 0);
        permit.release();
        return called;
    }
}
