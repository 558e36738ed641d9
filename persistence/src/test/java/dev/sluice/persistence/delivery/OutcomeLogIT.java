package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class OutcomeLogIT {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private Database database;
    private Node node;
    private EventLog events;
    private OutcomeLog outcomes;
    private OwedDeliveryRepository owed;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), event -> {}, 1);
        events.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
        owed = new OwedDeliveryRepository(database);
    }

    @AfterEach
    void stop() {
        outcomes.close();
        events.close();
        node.close();
        database.close();
    }

    @Test
    void endsADeliveryFromMemoryWithOneRowInTheLog() {
        DeliveryId delivery = committed("a");
        assertThat(unaccounted()).isEqualTo(1);

        Attempt attempt = attempt(delivery, 1, Ending.DELIVERED, 200);
        assertThat(await(outcomes.record(new Outcome.Ended(attempt)))).isEqualTo(Recorded.WRITTEN);

        assertThat(unaccounted()).isZero();
        assertThat(owedRows()).isZero();
        assertThat(attempts(delivery)).containsExactly(attempt);
    }

    @Test
    void showsEachAttemptAtTheUrlThatItsEndpointHadThen() {
        DeliveryId delivery = committed("moved");
        String first = urlOfEndpoint();
        await(outcomes.record(new Outcome.Owed(delivery, at(delivery, 1, 1), Duration.ofHours(1))));
        execute(database, "UPDATE endpoint SET url = 'http://second', position = position");
        execute(database, "UPDATE endpoint SET url = url, position = position");
        await(outcomes.record(new Outcome.Owed(delivery, at(delivery, 2, 2), Duration.ofHours(1))));
        execute(database, "UPDATE endpoint SET url = 'http://third'");
        await(outcomes.record(new Outcome.Ended(at(delivery, 3, 3))));

        AttemptRepository attempts = new AttemptRepository(database);
        List<AddressedAttempt> made =
                await(attempts.ofEvent(delivery.eventId(), null, 10).collectList());
        assertThat(made)
                .extracting(each -> each.attempt().urlNumber(), AddressedAttempt::url, AddressedAttempt::replaced)
                .containsExactly(
                        tuple(1, first, true), tuple(2, "http://second", true), tuple(3, "http://third", false));
        assertThat(await(attempts.ofEvents(List.of(delivery.eventId()), 10).collectList()))
                .extracting(AddressedAttempt::url)
                .containsExactly(first, "http://second", "http://third");

        EndpointHistory history = new EndpointHistory(database);
        history.forget(Duration.ofDays(1), 10).block(PATIENCE);
        assertThat(count(database, "SELECT count(*) FROM endpoint_former_url")).isEqualTo(2);
        execute(database, "UPDATE endpoint_former_url SET until = now() - interval '2 days' WHERE url_number = 1");
        history.forget(Duration.ofDays(1), 10).block(PATIENCE);
        assertThat(await(attempts.ofEvent(delivery.eventId(), null, 10).collectList()))
                .extracting(AddressedAttempt::url, AddressedAttempt::replaced)
                .containsExactly(tuple(null, true), tuple("http://second", true), tuple("http://third", false));
    }

    private String urlOfEndpoint() {
        return await(database.client()
                .sql("SELECT url FROM endpoint")
                .map(row -> row.get("url", String.class))
                .one());
    }

    private Attempt at(DeliveryId delivery, int number, int urlNumber) {
        return new Attempt(
                delivery,
                number,
                node.clock().now(),
                "refused",
                number == 3 ? Ending.EXHAUSTED : null,
                500,
                Duration.ofMillis(12),
                null,
                null,
                urlNumber);
    }

    @Test
    void writesWhatProvesNotToBeItsEventsFirstOutcomeAndItsNeighbours() {
        EventId known = committed("known").eventId();
        EventId fresh = committed("fresh").eventId();
        await(outcomes.record(new Outcome.Unowed(known)));

        Flux.merge(outcomes.record(unowed(known)), outcomes.record(unowed(fresh)))
                .collectList()
                .block(PATIENCE);

        assertThat(count(database, "SELECT count(*) FROM event_search")).isEqualTo(2);
        assertThat(count(database, "SELECT sum(received)::bigint FROM event_rollup"))
                .isEqualTo(2);
    }

    private static Outcome unowed(EventId event) {
        return new Outcome.Unowed(
                event, new Findable(Fixture.ORGANIZATION, 0, List.of(new Findable.Item("push", "1", "CREATED"))));
    }

    @Test
    void restsBetweenSmallGroups() {
        List<DeliveryId> deliveries = IntStream.range(0, 5)
                .mapToObj(each -> committed("rest " + each))
                .toList();

        long began = System.nanoTime();
        deliveries.forEach(
                delivery -> await(outcomes.record(new Outcome.Ended(attempt(delivery, 1, Ending.DELIVERED, 200)))));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(4 * 20));
    }

    @Test
    void owesWhatFailedAndClaimsItWhenItIsDue() {
        DeliveryId now = committed("now");
        DeliveryId later = committed("later");

        outcomes.record(new Outcome.Owed(now, attempt(now, 1, null, 502), Duration.ZERO))
                .block(PATIENCE);
        outcomes.record(new Outcome.Owed(later, null, Duration.ofHours(1))).block(PATIENCE);

        assertThat(unaccounted()).isZero();
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .containsExactly(new OwedDeliveryRepository.DueEndpoint(endpoint, false, false));
        ClaimedDelivery claim = claim();
        assertThat(claim.id()).isEqualTo(now);
        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(claim.claims()).isEqualTo(1);
        assertThat(Objects.requireNonNull(claim.sinceFirstFailure())).isBetween(Duration.ZERO, PATIENCE);
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .isEmpty();
    }

    @Test
    void parksWithoutADueTime() {
        DeliveryId delivery = committed("parked");

        outcomes.record(new Outcome.Owed(delivery, null, null)).block(PATIENCE);

        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL"))
                .isEqualTo(1);
        assertThat(await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 10).collectList()))
                .isEmpty();
    }

    @Test
    void endsAClaimAndRemovesItsRow() {
        DeliveryId delivery = owedNow("a");
        ClaimedDelivery claim = claim();

        Attempt attempt = attempt(delivery, 1, Ending.DELIVERED, 204);
        assertThat(await(outcomes.record(new Outcome.ClaimEnded(claim, attempt))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(owedRows()).isZero();
        assertThat(attempts(delivery)).containsExactly(attempt);
    }

    @Test
    void returnsAClaimForItsNextAttempt() {
        DeliveryId delivery = owedNow("a");

        Attempt failed = attempt(delivery, 1, null, 500);
        outcomes.record(new Outcome.ClaimReturned(claim(), failed, Duration.ZERO))
                .block(PATIENCE);

        ClaimedDelivery again = claim();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.claims()).isEqualTo(1);
        assertThat(attempts(delivery)).containsExactly(failed);
    }

    @Test
    void doesNotCountAClaimThatIsGivenBackUnused() {
        owedNow("a");

        outcomes.record(new Outcome.ClaimReturned(claim(), null, Duration.ZERO)).block(PATIENCE);

        ClaimedDelivery again = claim();
        assertThat(again.attempts()).isZero();
        assertThat(again.claims()).isEqualTo(1);
    }

    @Test
    void letsNoStaleWorkerEndOrExtendAnothersLeaseButLogsItsAttempt() {
        DeliveryId delivery = owedNow("a");
        ClaimedDelivery lost = claim();
        Fixture.execute(database, "UPDATE owed_delivery SET due_at = now()");
        ClaimedDelivery holder = claim();
        assertThat(holder.generation()).isGreaterThan(lost.generation());

        Recorded late =
                await(outcomes.record(new Outcome.ClaimEnded(lost, attempt(delivery, 1, Ending.DELIVERED, 200))));
        Recorded lateReturn = await(outcomes.record(new Outcome.ClaimReturned(lost, null, Duration.ofHours(5))));

        assertThat(late).isEqualTo(Recorded.TOO_LATE);
        assertThat(lateReturn).isEqualTo(Recorded.TOO_LATE);
        assertThat(owedRows()).isEqualTo(1);
        assertThat(attempts(delivery)).extracting(Attempt::ending).containsOnlyNulls();
        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE due_at > now() + interval '1 hour'"))
                .as("the holder's lease ends when it would have ended")
                .isZero();
        assertThat(await(outcomes.record(new Outcome.ClaimEnded(holder, attempt(delivery, 1, Ending.DELIVERED, 200)))))
                .isEqualTo(Recorded.WRITTEN);
    }

    @Test
    void givesEachDueRowToOneOfManyClaimers() {
        int rows = 200;
        Flux.range(0, rows)
                .concatMap(i -> events.append(draft("e" + i, List.of(endpoint)), () -> {}))
                .map(OutcomeLogIT::id)
                .flatMap(
                        event -> outcomes.record(
                                new Outcome.Owed(new DeliveryId(event, endpoint, 0), null, Duration.ZERO)),
                        rows)
                .then()
                .block(PATIENCE);

        List<ClaimedDelivery> claims = await(Flux.range(0, 40)
                .flatMap(i -> owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 7), 8)
                .collectList());

        assertThat(claims).hasSize(rows).extracting(ClaimedDelivery::id).doesNotHaveDuplicates();
    }

    @Test
    void writesTheOthersOfAGroupWhenOneOutcomeIsPoison() {
        DeliveryId before = committed("before");
        DeliveryId healthy = committed("healthy");
        DeliveryId poison = committed("poison");
        Attempt poisoned = new Attempt(
                poison, 1, node.clock().now(), "bad\0word", Ending.DELIVERED, 200, Duration.ZERO, null, null);

        List<Recorded> written = await(
                // The first is a group of its own; the others gather meanwhile.
                Flux.just(
                                attempt(before, 1, Ending.DELIVERED, 200),
                                attempt(healthy, 1, Ending.DELIVERED, 200),
                                poisoned)
                        .map(Outcome.Ended::new)
                        .flatMapDelayError(outcomes::record, 3, 3)
                        .onErrorComplete()
                        .collectList());

        assertThat(written).containsExactly(Recorded.WRITTEN, Recorded.WRITTEN);
        assertThat(attempts(healthy)).hasSize(1);
        assertThat(unaccounted()).isEqualTo(1);
    }

    private DeliveryId committed(String id) {
        return new DeliveryId(id(await(events.append(draft(id, List.of(endpoint)), () -> {}))), endpoint, 0);
    }

    private static EventId id(Appended appended) {
        return ((Appended.Stored) appended).event().id();
    }

    private DeliveryId owedNow(String id) {
        DeliveryId delivery = committed(id);
        outcomes.record(new Outcome.Owed(delivery, null, Duration.ZERO)).block(PATIENCE);
        return delivery;
    }

    private ClaimedDelivery claim() {
        return await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 1).next());
    }

    private List<Attempt> attempts(DeliveryId delivery) {
        return await(new AttemptRepository(database)
                .ofEvent(delivery.eventId(), null, 1_000)
                .map(AddressedAttempt::attempt)
                .collectList());
    }

    private long owedRows() {
        return count(database, "SELECT count(*) FROM owed_delivery");
    }

    private int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }

    private Attempt attempt(DeliveryId delivery, int number, @Nullable Ending ending, int status) {
        Body response = ending == null ? new Body(new byte[] {'n', 'o'}) : null;
        return new Attempt(
                delivery,
                number,
                node.clock().now().truncatedTo(ChronoUnit.MICROS),
                ending == null ? "refused" : "success",
                ending,
                status,
                Duration.ofMillis(12),
                response,
                null);
    }
}
