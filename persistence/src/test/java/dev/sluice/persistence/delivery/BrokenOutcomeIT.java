package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy;
import dev.sluice.persistence.CuttingProxy.Cut;
import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private Database database;
    private Database proxied;
    private CuttingProxy proxy;
    private Node node;
    private EventLog events;
    private OutcomeLog outcomes;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        proxy = new CuttingProxy(database.address());
        proxied = new Database(proxy.address(), 2);
        node = new Node(proxied, "test");
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), event -> {}, 1);
        events.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
    }

    @AfterEach
    void stop() throws IOException {
        outcomes.close();
        events.close();
        node.close();
        proxied.close();
        proxy.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "BEFORE_ANSWER"})
    void writesAnAttemptOnceWhetherOrNotItsCommitArrived(Cut cut) {
        DeliveryId delivery = committed();
        proxy.cutNext(cut);

        assertThat(await(outcomes.record(new Outcome.Ended(delivered(delivery)))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(count(database, "SELECT count(*) FROM attempt")).isEqualTo(1);
        assertThat(unaccounted()).isZero();
    }

    @Test
    void owesWhatCouldNotBeAttemptedWhenItsCommitNeverArrived() {
        DeliveryId delivery = committed();
        proxy.cutNext(Cut.BEFORE_COMMIT);

        assertThat(await(outcomes.record(new Outcome.Owed(delivery, null, Duration.ZERO))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(count(database, "SELECT count(*) FROM owed_delivery")).isEqualTo(1);
        assertThat(unaccounted()).isZero();
    }

    /**
     * Only the connection of the outcomes falls silent. Events are taken all the same, so what they come to has to find memory,
     * and another connection, in bounded time: ten seconds, then the server is told to end the former one.
     */
    @Tag("faults")
    @Test
    void writesAllOverAnotherConnectionWhenOnlyItsOwnFallsSilent() {
        try (OutcomeLog small = new OutcomeLog(node, SOME_OUTCOMES_BYTES)) {
            small.start();
            DeliveryId first = committedAs("first");
            proxy.cutNext(Cut.SILENT_BEFORE_COMMIT);
            List<Mono<Recorded>> answers = new ArrayList<>();
            answers.add(small.record(new Outcome.Ended(delivered(first))));
            await().atMost(PATIENCE).until(proxy::hasCut);
            long silentSince = System.nanoTime();

            for (int event = 0; event < MANY; event++) {
                answers.add(small.record(new Outcome.Ended(delivered(committedAs("while silent " + event)))));
            }
            assertThat(small.hasRoom()).as("whoever asks begins no more").isFalse();

            assertThat(await(Flux.merge(answers).collectList()))
                    .hasSize(MANY + 1)
                    .containsOnly(Recorded.WRITTEN);
            assertThat(Duration.ofNanos(System.nanoTime() - silentSince)).isLessThan(PATIENCE);
            assertThat(count(database, "SELECT count(*) FROM attempt")).isEqualTo(MANY + 1);
            assertThat(unaccounted()).isZero();
            assertThat(small.heldBytes()).isZero();
            assertThat(small.hasRoom()).isTrue();
        }
    }

    private Attempt delivered(DeliveryId delivery) {
        return new Attempt(
                delivery, 1, node.clock().now(), "success", Ending.DELIVERED, 200, Duration.ZERO, null, null);
    }

    private DeliveryId committed() {
        return committedAs("a");
    }

    private DeliveryId committedAs(String id) {
        Appended appended = await(events.append(draft(id, List.of(endpoint)), () -> {}));
        return new DeliveryId(((Appended.Stored) appended).event().id(), endpoint, 0);
    }

    private int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }
}
