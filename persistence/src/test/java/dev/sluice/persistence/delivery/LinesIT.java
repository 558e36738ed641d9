package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.LineRepository.Most;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.eventlog.EventRepository;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deliveries of ordered events: who is claimed before whom, and what lets the next one go. */
final class LinesIT {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofHours(1);

    private static Database database;
    private static Node node;
    private static EventLog events;
    private static OutcomeLog outcomes;
    private static OwedDeliveryRepository owed;
    private static LineRepository lines;
    private static long endpoint;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), event -> {}, 2);
        events.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
        owed = new OwedDeliveryRepository(database);
        lines = new LineRepository(database);
    }

    @AfterAll
    static void stop() {
        outcomes.close();
        events.close();
        node.close();
        database.close();
    }

    @BeforeEach
    void oweNothing() {
        execute(database, "DELETE FROM owed_delivery");
        execute(database, "UPDATE endpoint SET breaker = 'closed', breaker_due_at = NULL, probed_event_id = NULL");
    }

    @Test
    void owesWithTheCommitAndInTheOrderOfTheAnswers() {
        int before = unaccounted();
        List<DeliveryId> committed =
                IntStream.range(0, 20).mapToObj(i -> append("a", "b").get(0)).toList();

        assertThat(inOrderOfPositions()).filteredOn(id -> id.part() == 0).containsExactlyElementsOf(committed);
        assertThat(unaccounted() - before)
                .as("nothing is left of each but to make it searchable")
                .isEqualTo(committed.size());
        outcomes.record(new Outcome.Unowed(committed.get(0).eventId())).block(PATIENCE);
        assertThat(count(
                        database,
                        "SELECT count(*) FROM event_search WHERE status = 'RECEIVED' AND event_id = '"
                                + committed.get(0).eventId().id() + "'"))
                .as("of both objects")
                .isEqualTo(2);
        assertThat(unaccounted() - before).isEqualTo(committed.size() - 1);
        assertThat(count(database, "SELECT count(*) FROM owed_delivery")).isEqualTo(2L * committed.size());
    }

    @Test
    void makesAPartOfEachObjectThatIsReadBackAlike() {
        List<DeliveryId> parts = append("a", "b", "a");

        assertThat(parts).hasSize(2);
        var stored = await(new EventRepository(database).find(parts.get(0).eventId()));
        assertThat(stored.byObject()).isTrue();
        assertThat(stored.parts()).isEqualTo(2);
        assertThat(ids(claim(10))).containsExactlyInAnyOrderElementsOf(parts);
    }

    @Test
    void claimsTheFirstOfEachLineAndSetsTheOthersAside() {
        DeliveryId first = append("a").get(0);
        append("a");
        append("a");
        DeliveryId other = append("b").get(0);

        LineRepository.Turn turn = await(lines.claimFirst(endpoint, DuePosition.FIRST, LEASE, most(10)));

        assertThat(ids(turn.claims())).containsExactlyInAnyOrder(first, other);
        assertThat(turn.claims()).allMatch(ClaimedDelivery::inLine);
        assertThat(turn.others()).isTrue();
        assertThat(await(lines.setAside(endpoint, DuePosition.FIRST))).isEqualTo(2);
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .isEmpty();
        assertThat(claim(10)).isEmpty();
    }

    @Test
    void leavesWhatStandsInLineToThoseWhoMindTheOrder() {
        append("a");

        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .containsExactly(new DueEndpoint(endpoint, false, true));
        assertThat(await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 10).collectList()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void letsTheNextGoHoweverTheFirstEnds(Ending ending) {
        append("a");
        DeliveryId second = append("a").get(0);
        DeliveryId third = append("a").get(0);
        ClaimedDelivery claim = claim(10).get(0);

        end(claim, ending);

        List<ClaimedDelivery> next = claim(10);
        assertThat(ids(next)).containsExactly(second);
        end(next.get(0), ending);
        assertThat(ids(claim(10))).containsExactly(third);
    }

    @Test
    void keepsTheLineWaitingForAnAttemptThatIsNotDueYet() {
        DeliveryId first = append("a").get(0);
        append("a");
        ClaimedDelivery claim = claim(10).get(0);
        outcomes.record(new Outcome.ClaimReturned(claim, attempt(claim, null), LATER))
                .block(PATIENCE);
        append("a");

        assertThat(claim(10)).isEmpty();
        execute(database, "UPDATE owed_delivery SET due_at = now() WHERE attempts = 1");
        assertThat(ids(claim(10))).containsExactly(first);
    }

    @Test
    void claimsOnlyFirstAttemptsWhereRepeatsMustWait() {
        append("a");
        ClaimedDelivery claim = claim(10).get(0);
        outcomes.record(new Outcome.ClaimReturned(claim, attempt(claim, null), Duration.ZERO))
                .block(PATIENCE);
        append("a");
        DeliveryId other = append("b").get(0);

        LineRepository.Turn turn = await(lines.claimFirst(endpoint, DuePosition.FIRST, LEASE, new Most(10, false)));

        assertThat(ids(turn.claims())).containsExactly(other);
        assertThat(ids(claim(10))).containsExactly(claim.id());
    }

    @Test
    void letsNothingGoForALeaseThatWasLost() {
        append("a");
        append("a");
        ClaimedDelivery lost = claim(10).get(0);
        execute(database, "UPDATE owed_delivery SET due_at = now() WHERE claims = 1");
        ClaimedDelivery holder = claim(10).get(0);
        assertThat(holder.id()).isEqualTo(lost.id());

        assertThat(await(outcomes.record(new Outcome.ClaimEnded(lost, attempt(lost, Ending.DELIVERED)))))
                .isEqualTo(Recorded.TOO_LATE);

        assertThat(claim(10)).isEmpty();
    }

    @Test
    void putsWhatIsMadeAgainAtTheEndOfItsLine() {
        DeliveryId again = append("a").get(0);
        DeliveryId second = append("a").get(0);
        end(claim(10).get(0), Ending.EXHAUSTED);

        assertThat(await(outcomes.record(new Outcome.Again(again)))).isEqualTo(Recorded.WRITTEN);
        DeliveryId last = append("a").get(0);

        assertThat(inOrderOfPositions()).containsExactly(second, again, last);
        assertThat(ids(claim(10))).containsExactly(second);
    }

    @Test
    void leavesInItsPlaceWhatWaitsInLineAndIsAskedForAgain() {
        DeliveryId first = append("a").get(0);
        DeliveryId second = append("a").get(0);

        assertThat(await(outcomes.record(new Outcome.Again(second)))).isEqualTo(Recorded.WRITTEN);

        assertThat(ids(claim(10))).containsExactly(first);
    }

    @Test
    void setsNothingAsideBehindOneThatIsJustBeingRemoved() {
        append("a");
        DeliveryId second = append("a").get(0);
        PostgresqlConnection remover = await(database.connect("test-remover"));
        try {
            remover.beginTransaction()
                    .thenMany(remover.createStatement("""
                                    DELETE FROM owed_delivery
                                     WHERE position = (SELECT min(position) FROM owed_delivery)""").execute())
                    .concatMap(result -> result.getRowsUpdated())
                    .then()
                    .block(PATIENCE);

            assertThat(await(lines.setAside(endpoint, DuePosition.FIRST))).isZero();

            remover.commitTransaction().block(PATIENCE);
            assertThat(ids(claim(10))).containsExactly(second);
        } finally {
            remover.close().block(PATIENCE);
        }
    }

    @Test
    void findsTheNextWhenTwoOfALineAreRemovedAtOnce() {
        append("a");
        append("a");
        DeliveryId third = append("a").get(0);
        await(lines.setAside(endpoint, DuePosition.FIRST));
        // The second is under way, too: what was asked for at the same time may be committed in another order than
        // numbered.
        execute(database, """
                UPDATE owed_delivery SET behind = false, claims = 1
                 WHERE position < (SELECT max(position) FROM owed_delivery)""");
        PostgresqlConnection one = await(database.connect("test-one"));
        PostgresqlConnection other = await(database.connect("test-other"));
        try {
            removeAndLetGo(one, 0).block(PATIENCE);
            Mono<Void> waiting = removeAndLetGo(other, 1)
                    .then(Mono.defer(other::commitTransaction))
                    .cache();
            waiting.subscribe();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> count(
                                    database,
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-other'"
                                            + " AND wait_event = 'advisory'")
                            == 1);

            one.commitTransaction().block(PATIENCE);
            waiting.block(PATIENCE);

            assertThat(ids(claim(10))).containsExactly(third);
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
    void probesAnOpenBreakerWithTheFirstOfALine() {
        DeliveryId first = append("a").get(0);
        append("a");
        append("a");
        execute(database, "UPDATE endpoint SET breaker = 'open', breaker_due_at = now()");
        execute(database, "UPDATE owed_delivery SET due_at = NULL");
        execute(database, """
                UPDATE endpoint SET probed_event_id = (SELECT event_id FROM owed_delivery ORDER BY position LIMIT 1)""");

        ClaimedDelivery probe = await(owed.claimProbe(endpoint, LEASE));

        assertThat(probe.id()).isEqualTo(first);
        assertThat(probe.probing()).isTrue();
        assertThat(owed.claimProbe(endpoint, LEASE).blockOptional(PATIENCE))
                .as("it is under way")
                .isEmpty();
    }

    @Test
    void deliversEachLineInOrderHoweverManyClaimOnTwoNodes() {
        Node another = new Node(database, "another");
        another.start().block(PATIENCE);
        OutcomeLog others = new OutcomeLog(another);
        others.start();
        try {
            Map<String, List<DeliveryId>> sent = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                String object = "o" + i % 6;
                sent.computeIfAbsent(object, first -> new ArrayList<>())
                        .add(append(object).get(0));
            }
            Map<DeliveryId, String> objects = new HashMap<>();
            sent.forEach((object, ids) -> ids.forEach(id -> objects.put(id, object)));
            Map<String, List<DeliveryId>> arrived = new ConcurrentHashMap<>();

            Flux.range(0, 4)
                    .flatMap(
                            claimer -> deliverAll(
                                    claimer % 2 == 0 ? outcomes : others,
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
        return Mono.defer(() -> lines.claimFirst(endpoint, DuePosition.FIRST, LEASE, most(2)))
                .flatMap(turn -> Flux.fromIterable(turn.claims())
                        .doOnNext(claim -> call.accept(claim.id()))
                        .flatMap(
                                claim -> log.record(new Outcome.ClaimEnded(claim, attempt(claim, Ending.DELIVERED))), 2)
                        .then(turn.others() ? lines.setAside(endpoint, DuePosition.FIRST) : Mono.just(0L)))
                .then(database.client()
                        .sql("SELECT count(*) AS left_over FROM owed_delivery")
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .one())
                .repeat()
                .takeUntil(left -> left == 0)
                .then();
    }

    private static void end(ClaimedDelivery claim, Ending ending) {
        // Whoever claims sets the others aside: what ends then has to find them.
        await(lines.setAside(endpoint, DuePosition.FIRST));
        assertThat(await(outcomes.record(new Outcome.ClaimEnded(claim, attempt(claim, ending)))))
                .isEqualTo(Recorded.WRITTEN);
    }

    private static List<ClaimedDelivery> claim(int limit) {
        return await(lines.claimFirst(endpoint, DuePosition.FIRST, LEASE, most(limit)))
                .claims();
    }

    private static Most most(int count) {
        return new Most(count, true);
    }

    private static List<DeliveryId> ids(List<ClaimedDelivery> claims) {
        return claims.stream().map(ClaimedDelivery::id).toList();
    }

    /** Appends an ordered event of these objects; its deliveries. */
    private static List<DeliveryId> append(String... objectIds) {
        EventDraft plain = Fixture.draft("any", List.of(endpoint));
        EventDraft draft = new EventDraft(
                plain.organizationId(),
                plain.instanceId(),
                plain.endpointIds(),
                plain.contentType(),
                plain.headers(),
                plain.body(),
                Stream.of(objectIds).map(Fixture::item).toList(),
                new Dedupe.ByWebhook(List.of()),
                null,
                true);
        CommittedEvent event = ((Appended.Stored) await(events.append(draft, () -> {}))).event();
        return IntStream.range(0, event.parts())
                .mapToObj(part -> new DeliveryId(event.id(), endpoint, part))
                .toList();
    }

    private static List<DeliveryId> inOrderOfPositions() {
        return await(database.client()
                .sql("SELECT * FROM owed_delivery ORDER BY position")
                .map(DeliveryId::of)
                .all()
                .collectList());
    }

    private static int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }

    private static Attempt attempt(ClaimedDelivery claim, @Nullable Ending ending) {
        return new Attempt(
                claim.id(),
                claim.attempts() + 1,
                node.clock().now(),
                ending == Ending.DELIVERED ? "success" : "refused",
                ending,
                ending == Ending.DELIVERED ? 200 : 500,
                Duration.ofMillis(12),
                null,
                null);
    }
}
