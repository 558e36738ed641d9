package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static dev.sluice.persistence.delivery.LinesRig.LEASE;
import static dev.sluice.persistence.delivery.LinesRig.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.epoch.Node;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deliveries of ordered events that several claim, end and set aside at the same time. */
final class LineRacesIT {
    private static final LinesRig RIG = new LinesRig();

    @AfterAll
    static void stop() {
        RIG.close();
    }

    @BeforeEach
    void oweNothing() {
        RIG.oweNothing();
    }

    @Test
    void letsNothingGoForALeaseThatWasLost() {
        RIG.append("a");
        RIG.append("a");
        ClaimedDelivery lost = RIG.claim(10).get(0);
        execute(RIG.database, "UPDATE owed_delivery SET due_at = now() WHERE claims = 1");
        ClaimedDelivery holder = RIG.claim(10).get(0);
        assertThat(holder.id()).isEqualTo(lost.id());

        assertThat(await(RIG.outcomes.record(new Outcome.ClaimEnded(lost, RIG.attempt(lost, Ending.DELIVERED)))))
                .isEqualTo(Recorded.TOO_LATE);

        assertThat(RIG.claim(10)).isEmpty();
    }

    @Test
    void setsNothingAsideBehindOneThatIsJustBeingRemoved() {
        RIG.append("a");
        DeliveryId second = RIG.append("a").get(0);
        PostgresqlConnection remover = await(RIG.database.connect("test-remover"));
        try {
            remover.beginTransaction()
                    .thenMany(remover.createStatement("""
                                    DELETE FROM owed_delivery
                                     WHERE position = (SELECT min(position) FROM owed_delivery)""").execute())
                    .concatMap(result -> result.getRowsUpdated())
                    .then()
                    .block(PATIENCE);

            assertThat(await(RIG.lines.setAside(RIG.endpoint, DuePosition.FIRST)))
                    .isZero();

            remover.commitTransaction().block(PATIENCE);
            assertThat(ids(RIG.claim(10))).containsExactly(second);
        } finally {
            remover.close().block(PATIENCE);
        }
    }

    @Test
    void findsTheNextWhenTwoOfALineAreRemovedAtOnce() {
        RIG.append("a");
        RIG.append("a");
        DeliveryId third = RIG.append("a").get(0);
        await(RIG.lines.setAside(RIG.endpoint, DuePosition.FIRST));
        // The second is under way, too: what was asked for at the same time may be committed in another order than
        // numbered.
        execute(RIG.database, """
                UPDATE owed_delivery SET behind = false, claims = 1
                 WHERE position < (SELECT max(position) FROM owed_delivery)""");
        PostgresqlConnection one = await(RIG.database.connect("test-one"));
        PostgresqlConnection other = await(RIG.database.connect("test-other"));
        try {
            removeAndLetGo(one, 0).block(PATIENCE);
            Mono<Void> waiting = removeAndLetGo(other, 1)
                    .then(Mono.defer(other::commitTransaction))
                    .cache();
            waiting.subscribe();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> count(
                                    RIG.database,
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-other'"
                                            + " AND wait_event = 'advisory'")
                            == 1);

            one.commitTransaction().block(PATIENCE);
            waiting.block(PATIENCE);

            assertThat(ids(RIG.claim(10))).containsExactly(third);
        } finally {
            one.close().block(PATIENCE);
            other.close().block(PATIENCE);
        }
    }

    private static Mono<Void> removeAndLetGo(PostgresqlConnection connection, int place) {
        String remove = """
                DELETE FROM owed_delivery
                 WHERE position = (SELECT position FROM owed_delivery ORDER BY position OFFSET %d LIMIT 1)
                RETURNING endpoint_id, order_key""".formatted(place);
        return connection
                .beginTransaction()
                .thenMany(connection.createStatement(remove).execute())
                .concatMap(result -> result.map((row, columns) -> Objects.requireNonNull(LineStatements.Line.of(row))))
                .next()
                .flatMap(line -> LineStatements.letFirstGo(connection, Set.of(line)));
    }

    @Test
    void deliversEachLineInOrderHoweverManyClaimOnTwoNodes() {
        Node another = new Node(RIG.database, "another");
        another.start().block(PATIENCE);
        OutcomeLog others = new OutcomeLog(another);
        others.start();
        try {
            Map<String, List<DeliveryId>> sent = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                String object = "o" + i % 6;
                sent.computeIfAbsent(object, first -> new ArrayList<>())
                        .add(RIG.append(object).get(0));
            }
            Map<DeliveryId, String> objects = new HashMap<>();
            sent.forEach((object, ids) -> ids.forEach(id -> objects.put(id, object)));
            Map<String, List<DeliveryId>> arrived = new ConcurrentHashMap<>();

            Flux.range(0, 4)
                    .flatMap(
                            claimer -> deliverAll(
                                    claimer % 2 == 0 ? RIG.outcomes : others,
                                    id -> arrived.computeIfAbsent(
                                                    Objects.requireNonNull(objects.get(id)),
                                                    first -> Collections.synchronizedList(new ArrayList<>()))
                                            .add(id)),
                            4)
                    .then()
                    .block(PATIENCE);

            assertThat(arrived).isEqualTo(sent);
        } finally {
            others.close();
            another.close();
        }
    }

    /** One claimer: claims, sets aside and ends until nothing is left. */
    private static Mono<Void> deliverAll(OutcomeLog log, Consumer<DeliveryId> call) {
        return Mono.defer(() -> RIG.lines.claimFirst(RIG.endpoint, DuePosition.FIRST, LEASE, LinesRig.most(2)))
                .flatMap(turn -> Flux.fromIterable(turn.claims())
                        .doOnNext(claim -> call.accept(claim.id()))
                        .flatMap(
                                claim ->
                                        log.record(new Outcome.ClaimEnded(claim, RIG.attempt(claim, Ending.DELIVERED))),
                                2)
                        .then(turn.others() ? RIG.lines.setAside(RIG.endpoint, DuePosition.FIRST) : Mono.just(0L)))
                .then(RIG.database
                        .client()
                        .sql("SELECT count(*) AS left_over FROM owed_delivery")
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .one())
                .repeat()
                .takeUntil(left -> left == 0)
                .then();
    }
}
