package dev.sluice.persistence.eventlog;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy;
import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two writers out of order: the one that took its place first has not committed yet, or never will, when the other's event is
 * in the log and accounted for. What a recovery reads must begin before the first.
 */
final class WatermarkIT {
    private Database database;
    private Database proxied;
    private CuttingProxy proxy;
    private Node node;
    private EventLog log;
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
        log = new EventLog(node, Duration.ofDays(3), event -> {}, 2);
        log.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
    }

    @AfterEach
    void stop() throws IOException {
        crash();
        proxied.close();
        proxy.close();
        database.close();
    }

    private void crash() {
        outcomes.close();
        log.close();
        node.close();
    }

    @Test
    void staysBeforeTheWriterThatTookItsPlaceFirstUntilItsEventIsAccountedFor() {
        EpochSession writer = await(node.openSession());
        Member<LogEntry, Appended> member = new Member<>(LogEntry.of(draft("first", List.of(endpoint))), 1, () -> {});
        PreparedGroup first = await(new EventGroup(Duration.ofDays(3), event -> {}).prepare(writer, List.of(member)));
        EventId second = committed("second");
        account(second);
        Instant meanwhile = watermarkAfterTwoBeats();

        writer.connection().commitTransaction().block(PATIENCE);
        first.committed();

        EventId late = await(database.client()
                .sql("SELECT id FROM event WHERE id < '" + second.id() + "'")
                .map(row -> new EventId(Fixture.INSTANCE, Objects.requireNonNull(row.get(0, UUID.class))))
                .one());
        assertThat(late.sequence()).as("numbered first, committed last").isLessThan(second.sequence());
        assertThat(late.receivedAt()).isAfterOrEqualTo(meanwhile);
        assertThat(watermarkAfterTwoBeats()).as("committed, but open").isBeforeOrEqualTo(late.receivedAt());
        writer.close().block(PATIENCE);
        assertThat(owedAfterACrash()).containsExactly(late.id());
    }

    @Test
    void passesTheWriterThatTookItsPlaceFirstOnceItIsCertainThatItNeverCommitted() {
        CuttingProxy.Held commit = proxy.holdNextCommit();
        CompletableFuture<Appended> first =
                log.append(draft("first", List.of(endpoint)), () -> {}).toFuture();
        await().atMost(PATIENCE).until(commit::hasArrived);
        EventId second = committed("second");
        account(second);
        assertThat(watermarkAfterTwoBeats()).isBefore(second.receivedAt());

        commit.cut();

        assertThatThrownBy(first::join).hasCauseInstanceOf(StoreUnavailableException.class);
        await().atMost(PATIENCE).until(() -> watermark().isAfter(second.receivedAt()));
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(1);
        assertThat(owedAfterACrash()).isEmpty();
    }

    private EventId committed(String id) {
        Appended answer = await(log.append(draft(id, List.of(endpoint)), () -> {}));
        return ((Appended.Stored) answer).event().id();
    }

    private void account(EventId event) {
        Attempt delivered = new Attempt(
                new DeliveryId(event, endpoint, 0),
                1,
                node.clock().now(),
                "success",
                Attempt.Ending.DELIVERED,
                200,
                Duration.ofMillis(3),
                null,
                null);
        assertThat(await(outcomes.record(new Outcome.Ended(delivered)))).isEqualTo(OutcomeLog.Recorded.WRITTEN);
    }

    /** The second beat from now on has heard, before it was sent, of a time after now. */
    private Instant watermarkAfterTwoBeats() {
        for (int beat = 0; beat < 2; beat++) {
            Instant last = time("beat_at");
            await().atMost(PATIENCE).until(() -> time("beat_at").isAfter(last));
        }
        return watermark();
    }

    private Instant watermark() {
        return time("watermark_at");
    }

    private Instant time(String column) {
        return await(database.client()
                .sql("SELECT " + column + " FROM epoch WHERE node = 'test'")
                .map(row -> Objects.requireNonNull(row.get(0, Instant.class)))
                .one());
    }

    private List<UUID> owedAfterACrash() {
        crash();
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        return await(database.client()
                .sql("SELECT event_id FROM owed_delivery")
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .all()
                .collectList());
    }
}
