package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whether calling is worth it. */
class LaneBreakerTest extends LaneRig {

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
    void doesNotBlameTheEndpointForCallsThatWereNotMade() {
        Lane lane = lane(8, 10);
        for (int i = 0; i < 30; i++) {
            StepVerifier.create(lane.guard(Mono.error(new NoConnectionException())))
                    .verifyError(NoConnectionException.class);
            StepVerifier.create(lane.guard(Mono.error(new NoLongerHeldException())))
                    .verifyError(NoLongerHeldException.class);
        }

        assertThat(lane.hasOpened()).isFalse();
        StepVerifier.create(lane.guard(Mono.just(GOOD))).expectNext(GOOD).verifyComplete();
    }
}
