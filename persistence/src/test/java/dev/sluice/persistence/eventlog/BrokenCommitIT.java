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
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.groupcommit.Member;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    /** Each would have one end of the keys and wait for the other's, while a third holds the one in the middle. */
    @Test
    void letsNoTwoGroupsHoldWhatTheOtherWaitsFor() {
        List<Member<LogEntry, Appended>> rising = Stream.of("one", "two", "three")
                .map(id -> new Member<LogEntry, Appended>(LogEntry.of(draft(id, List.of())), 1, () -> {}))
                .sorted(Comparator.comparing(BrokenCommitIT::key))
                .toList();
        List<Member<LogEntry, Appended>> falling = List.of(rising.get(2), rising.get(1), rising.get(0));
        PostgresqlConnection third = await(rig.database.connect("third"));
        third.beginTransaction().block(PATIENCE);
        run(
                third,
                "INSERT INTO dedupe_key (key, day) VALUES ('" + key(rising.get(1))
                        + "', (now() AT TIME ZONE 'UTC')::date)");

        CompletableFuture<Void> first = committed(rising);
        await().atMost(PATIENCE).until(() -> waitingForLocks() == 1);
        CompletableFuture<Void> second = committed(falling);
        await().atMost(PATIENCE).until(() -> waitingForLocks() == 2);
        third.rollbackTransaction().then(third.close()).block(PATIENCE);

        CompletableFuture.allOf(first, second).join();
        assertThat(count(rig.database, "SELECT count(*) FROM event")).isEqualTo(1 + 3);
    }

    private static String key(Member<LogEntry, Appended> member) {
        return member.value().keys().get(0).toString();
    }

    private CompletableFuture<Void> committed(List<Member<LogEntry, Appended>> members) {
        EpochSession session = await(rig.node().openSession());
        // A writer does not wait that long; here only a deadlock is to end the waiting.
        run(session.connection(), "SET lock_timeout = '20s'");
        return new EventGroup(Duration.ofDays(3), event -> {})
                .prepare(session, members)
                .flatMap(prepared -> session.connection().commitTransaction())
                .then(Mono.defer(session::close))
                .toFuture();
    }

    private static void run(PostgresqlConnection connection, String sql) {
        connection
                .createStatement(sql)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then()
                .block(PATIENCE);
    }

    private long waitingForLocks() {
        return count(rig.database, """
                SELECT count(*) FROM pg_stat_activity
                 WHERE wait_event_type = 'Lock' AND datname = current_database()""");
    }
}
