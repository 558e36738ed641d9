package dev.sluice.persistence.eventlog;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy.Cut;
import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.connection.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What happens when the connection breaks in the middle of a COMMIT. */
final class BrokenCommitIT {
    private final NodeRig rig = NodeRig.behindProxy(1);

    @BeforeEach
    void warmUp() {
        rig.committed("warm");
        // Senders are answered first, events handed on after that.
        await().atMost(PATIENCE).until(() -> rig.handedOn.size() == 1);
        rig.handedOn.clear();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void saysNothingOfACommitWhoseAnswerWasLostButDeliversItOnce() {
        rig.proxy().cutNext(Cut.BEFORE_ANSWER);

        assertThatThrownBy(() -> rig.append("lost").block(PATIENCE)).isInstanceOf(StoreUnavailableException.class);

        await().atMost(PATIENCE).until(() -> rig.handedOn.size() == 1);
        assertThat(count(rig.database, "SELECT count(*) FROM event")).isEqualTo(2);
        assertThat(await(rig.append("lost"))).isInstanceOf(Appended.Repeat.class);
        assertThat(rig.handedOn).hasSize(1);
    }

    @Test
    void deliversNothingOfACommitThatNeverArrived() {
        rig.proxy().cutNext(Cut.BEFORE_COMMIT);

        assertThatThrownBy(() -> rig.append("never").block(PATIENCE)).isInstanceOf(StoreUnavailableException.class);

        assertThat(await(rig.append("never"))).isInstanceOf(Appended.Stored.class);
        await().atMost(PATIENCE).until(() -> rig.handedOn.size() == 1);
        assertThat(count(rig.database, "SELECT count(*) FROM event")).isEqualTo(2);
        assertThat(rig.unaccounted()).isEqualTo(2);
    }

    /** PostgreSQL would hold the transaction for half a minute, and with it the event's key. */
    @Tag("faults")
    @Test
    void endsTheTransactionOfAConnectionThatFellSilentAtACommit() {
        rig.proxy().cutNext(Cut.SILENT_BEFORE_COMMIT);
        long since = System.nanoTime();

        assertThatThrownBy(() -> rig.append("silent").block(PATIENCE)).isInstanceOf(StoreUnavailableException.class);

        assertThat(await(rig.append("silent"))).isInstanceOf(Appended.Stored.class);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void letsGroupsThatHoldTheSameKeysInAnotherOrderPassEachOther() {
        int rounds = 40;
        try (EventLog second = new EventLog(rig.node(), Duration.ofDays(3), rig.handedOn::add, 1)) {
            second.start();
            List<Appended> answers = await(Flux.range(0, rounds)
                    .concatMap(round -> Flux.merge(
                            Flux.range(0, 20)
                                    .flatMap(i -> rig.events.append(draft(round + "-" + i, List.of()), () -> {}), 20),
                            Flux.range(0, 20)
                                    .flatMap(
                                            i -> second.append(draft(round + "-" + (19 - i), List.of()), () -> {}),
                                            20)))
                    .collectList());

            assertThat(answers).hasSize(rounds * 40);
            assertThat(answers.stream().filter(Appended.Stored.class::isInstance))
                    .hasSize(rounds * 20);
        }
        assertThat(count(rig.database, "SELECT count(*) FROM event")).isEqualTo(rounds * 20L + 1);
    }
}
