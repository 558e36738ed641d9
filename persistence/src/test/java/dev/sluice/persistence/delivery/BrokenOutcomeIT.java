package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of outcomes when the connection breaks in the middle of their COMMIT: nobody else knows them. */
final class BrokenOutcomeIT {
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

        Attempt attempt = new Attempt(
                delivery, 1, node.clock().now(), "success", Ending.DELIVERED, 200, Duration.ZERO, null, null);
        assertThat(await(outcomes.record(new Outcome.Ended(attempt)))).isEqualTo(Recorded.WRITTEN);

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

    private DeliveryId committed() {
        Appended appended = await(events.append(draft("a", List.of(endpoint)), () -> {}));
        return new DeliveryId(((Appended.Stored) appended).event().id(), endpoint, 0);
    }

    private int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }
}
