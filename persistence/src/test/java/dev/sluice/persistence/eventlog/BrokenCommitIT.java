package dev.sluice.persistence.eventlog;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy;
import dev.sluice.persistence.CuttingProxy.Cut;
import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.epoch.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What happens when the connection breaks in the middle of a COMMIT. */
final class BrokenCommitIT {
    private final Queue<CommittedEvent> handedOn = new ConcurrentLinkedQueue<>();
    private Database database;
    private Database proxied;
    private CuttingProxy proxy;
    private Node node;
    private EventLog log;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        proxy = new CuttingProxy(database.address());
        proxied = new Database(proxy.address(), 2);
        node = new Node(proxied, "test");
        node.start().block(PATIENCE);
        log = new EventLog(node, Duration.ofDays(3), handedOn::add, 1);
        log.start();
        await(log.append(draft("warm", List.of(endpoint)), () -> {}));
        // Senders are answered first, events handed on after that.
        await().atMost(PATIENCE).until(() -> handedOn.size() == 1);
        handedOn.clear();
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        node.close();
        proxied.close();
        proxy.close();
        database.close();
    }

    @Test
    void saysNothingOfACommitWhoseAnswerWasLostButDeliversItOnce() {
        proxy.cutNext(Cut.BEFORE_ANSWER);

        assertThatThrownBy(() ->
                        log.append(draft("lost", List.of(endpoint)), () -> {}).block(PATIENCE))
                .isInstanceOf(StoreUnavailableException.class);

        await().atMost(PATIENCE).until(() -> handedOn.size() == 1);
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(2);
        assertThat(await(log.append(draft("lost", List.of(endpoint)), () -> {})))
                .isInstanceOf(Appended.Repeat.class);
        assertThat(handedOn).hasSize(1);
    }

    @Test
    void deliversNothingOfACommitThatNeverArrived() {
        proxy.cutNext(Cut.BEFORE_COMMIT);

        assertThatThrownBy(() ->
                        log.append(draft("never", List.of(endpoint)), () -> {}).block(PATIENCE))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(await(log.append(draft("never", List.of(endpoint)), () -> {})))
                .isInstanceOf(Appended.Stored.class);
        await().atMost(PATIENCE).until(() -> handedOn.size() == 1);
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(2);
        assertThat(Objects.requireNonNull(node.epoch()).watermark().unaccounted())
                .isEqualTo(2);
    }

    /** PostgreSQL would hold the transaction for half a minute, and with it the event's key. */
    @Tag("faults")
    @Test
    void endsTheTransactionOfAConnectionThatFellSilentAtACommit() {
        proxy.cutNext(Cut.SILENT_BEFORE_COMMIT);
        long since = System.nanoTime();

        assertThatThrownBy(() ->
                        log.append(draft("silent", List.of(endpoint)), () -> {}).block(PATIENCE))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(await(log.append(draft("silent", List.of(endpoint)), () -> {})))
                .isInstanceOf(Appended.Stored.class);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void letsGroupsThatHoldTheSameKeysInAnotherOrderPassEachOther() {
        int rounds = 40;
        try (EventLog second = new EventLog(node, Duration.ofDays(3), handedOn::add, 1)) {
            second.start();
            List<Appended> answers = await(Flux.range(0, rounds)
                    .concatMap(round -> Flux.merge(
                            Flux.range(0, 20).flatMap(i -> log.append(draft(round + "-" + i, List.of()), () -> {}), 20),
                            Flux.range(0, 20)
                                    .flatMap(
                                            i -> second.append(draft(round + "-" + (19 - i), List.of()), () -> {}),
                                            20)))
                    .collectList());

            assertThat(answers).hasSize(rounds * 40);
            assertThat(answers.stream().filter(Appended.Stored.class::isInstance))
                    .hasSize(rounds * 20);
        }
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(rounds * 20L + 1);
    }
}
