package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy.Cut;
import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of outcomes when the connection breaks in the middle of their COMMIT: nobody else knows them. */
final class BrokenOutcomeIT {
    private static final int MANY = 50;
    /** Of some of those many. */
    private static final long SOME_OUTCOMES_BYTES = 32 * 1024;

    private final NodeRig rig = NodeRig.behindProxy(1);

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "BEFORE_ANSWER"})
    void writesAnAttemptOnceWhetherOrNotItsCommitArrived(Cut cut) {
        DeliveryId delivery = rig.committed("a");
        rig.proxy().cutNext(cut);

        assertThat(await(rig.outcomes.record(new Outcome.Ended(rig.delivered(delivery)))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(count(rig.database, "SELECT count(*) FROM attempt")).isEqualTo(1);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void owesWhatCouldNotBeAttemptedWhenItsCommitNeverArrived() {
        DeliveryId delivery = rig.committed("a");
        rig.proxy().cutNext(Cut.BEFORE_COMMIT);

        assertThat(await(rig.outcomes.record(new Outcome.Owed(delivery, null, Duration.ZERO))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery")).isEqualTo(1);
        assertThat(rig.unaccounted()).isZero();
    }

    /**
     * Only the connection of the outcomes falls silent. Events are taken all the same, so what they come to has to find memory,
     * and another connection, in bounded time: ten seconds, then the server is told to end the former one.
     */
    @Tag("faults")
    @Test
    void writesAllOverAnotherConnectionWhenOnlyItsOwnFallsSilent() {
        try (OutcomeLog small = new OutcomeLog(rig.node(), SOME_OUTCOMES_BYTES)) {
            small.start();
            DeliveryId first = rig.committed("first");
            rig.proxy().cutNext(Cut.SILENT_BEFORE_COMMIT);
            List<Mono<Recorded>> answers = new ArrayList<>();
            answers.add(small.record(new Outcome.Ended(rig.delivered(first))));
            await().atMost(PATIENCE).until(rig.proxy()::hasCut);
            long silentSince = System.nanoTime();

            for (int event = 0; event < MANY; event++) {
                answers.add(small.record(new Outcome.Ended(rig.delivered(rig.committed("while silent " + event)))));
            }
            assertThat(small.hasRoom()).as("whoever asks begins no more").isFalse();

            assertThat(await(Flux.merge(answers).collectList()))
                    .hasSize(MANY + 1)
                    .containsOnly(Recorded.WRITTEN);
            assertThat(Duration.ofNanos(System.nanoTime() - silentSince)).isLessThan(PATIENCE);
            assertThat(count(rig.database, "SELECT count(*) FROM attempt")).isEqualTo(MANY + 1);
            assertThat(rig.unaccounted()).isZero();
            assertThat(small.heldBytes()).isZero();
            assertThat(small.hasRoom()).isTrue();
        }
    }
}
