package dev.sluice.persistence.notification;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static dev.sluice.persistence.Fixture.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DeliveryListIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger NEXT = new AtomicInteger();

    @SuppressWarnings("TimeZoneUsage")
    private static final Clock CLOCK = Clock.systemUTC();

    private static Database database;
    private static Node node;
    private static EventLog events;
    private static OutcomeLog outcomes;
    private static DeliveryList list;
    private static long organization;
    private static long endpoint;
    private static long second;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        second = count(
                database,
                "INSERT INTO endpoint (instance_id, url, position) VALUES (4711, 'http://second', 1)"
                        + " RETURNING id");
        organization = count(database, "SELECT organization_id FROM instance");
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), event -> {}, 1);
        events.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
        list = new DeliveryList(database, CLOCK);
    }

    @AfterAll
    static void stop() {
        outcomes.close();
        events.close();
        node.close();
        database.close();
    }

    @BeforeEach
    void clear() {
        execute(database, "TRUNCATE event, event_search, event_rollup, attempt, owed_delivery, acknowledgement");
        execute(database, "UPDATE endpoint SET state = 'active', state_reason = NULL");
        execute(database, "UPDATE instance SET disabled = false");
    }

    @Test
    void saysHowFarEachDeliveryHasCome() {
        Map<DeliveryId, DeliveryStatus> expected = oneOfEachKind();

        for (DeliveryStatus status : DeliveryStatus.values()) {
            assertThat(statuses(ofInstance(status)).keySet())
                    .as("%s", status)
                    .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                            .filter(id -> expected.get(id) == status)
                            .toList());
        }
        // Nothing is known of it but that it is committed.
        expected.put(committed(1, endpoint).get(0), DeliveryStatus.CREATED);
        assertThat(statuses(ofInstance(null))).isEqualTo(expected);
        assertThat(statuses(new DeliveryFilter(organization + 1, List.of(Fixture.INSTANCE), null, null, false)))
                .isEmpty();
        assertThat(statuses(new DeliveryFilter(organization + 1, null, null, null, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DeliveryStatus.class)
    void findsTheSameAmongAllOfAnOrganization(DeliveryStatus status) {
        Map<DeliveryId, DeliveryStatus> expected = oneOfEachKind();

        assertThat(statuses(ofAll(status, null)).keySet())
                .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                        .filter(id -> expected.get(id) == status)
                        .toList());
        assertThat(statuses(ofAll(status, "http://nobody"))).isEmpty();
    }

    @Test
    void queuesWhatIsOwedToADeactivatedEndpoint() {
        Map<DeliveryId, DeliveryStatus> before = oneOfEachKind();
        execute(database, "UPDATE endpoint SET state = 'deactivated'");

        Map<DeliveryId, DeliveryStatus> after = statuses(ofAll(null, null));

        before.forEach((id, status) -> assertThat(after.get(id))
                .isEqualTo(
                        Set.of(DeliveryStatus.CREATED, DeliveryStatus.RETRY).contains(status)
                                ? DeliveryStatus.QUEUED
                                : status));
    }

    @Test
    void knowsADeliveryByItsName() {
        Map<DeliveryId, DeliveryStatus> all = oneOfEachKind();
        List<DeliveryId> names = new ArrayList<>(all.keySet());
        names.add(new DeliveryId(names.get(0).eventId(), endpoint, 7));
        names.add(new DeliveryId(names.get(0).eventId(), second, 0));

        assertThat(named(organization, names)).isEqualTo(all);
        assertThat(named(organization + 1, names)).isEmpty();
    }

    @Test
    void goesFromPageToPageWithoutALossOrARepeat() {
        List<DeliveryId> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<DeliveryId> parts = committed(45, endpoint, second);
            parts.forEach(part -> record(new Outcome.Owed(part, attempt(part, null), HOUR)));
            all.addAll(parts);
            record(new Outcome.Unowed(committed(3).get(0).eventId()));
        }
        all.sort(Comparator.comparing((DeliveryId id) -> id.eventId().id())
                .reversed()
                .thenComparingLong(DeliveryId::endpointId)
                .thenComparingInt(DeliveryId::part));

        for (int size : new int[] {1, 4, 6, 200}) {
            assertThat(walk(ofInstance(null), size)).isEqualTo(all);
            assertThat(walk(ofInstance(DeliveryStatus.RETRY), size)).isEqualTo(all);
            assertThat(walk(ofAll(null, null), size)).isEqualTo(all);
            assertThat(walk(ofAll(DeliveryStatus.RETRY, null), size)).isEqualTo(all);
        }
        assertThat(walk(ofAll(null, "http://second"), 5))
                .isEqualTo(all.stream().filter(id -> id.endpointId() == second).toList());
    }

    @Test
    void goesOnWithTheDayBefore() {
        DeliveryId yesterday = deliveredYesterday();
        DeliveryId today = committed(1, endpoint).get(0);
        record(new Outcome.Ended(attempt(today, Ending.DELIVERED)));

        for (int size : new int[] {1, 2}) {
            assertThat(walk(ofInstance(null), size)).containsExactly(today, yesterday);
            assertThat(walk(ofAll(DeliveryStatus.DELIVERED, null), size)).containsExactly(today, yesterday);
        }
    }

    private static DeliveryId deliveredYesterday() {
        Instant at = CLOCK.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS);
        EventId id = EventId.of(Fixture.INSTANCE, at, 1, 1);
        for (String statement : List.of(
                "INSERT INTO event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type,"
                        + " headers, items, body) VALUES (4711, '%1$s', '%2$s', 1, 1, ARRAY[%3$d], 1, '', '{}', '[]', '')",
                "INSERT INTO event_search (organization_id, event_id, item, received_at, instance_id, deliveries, added,"
                        + " delivered, failed, attempted) VALUES (%4$d, '%1$s', 0, '%2$s', 4711, 1, 0, 1, 0, true)",
                "INSERT INTO attempt (event_id, endpoint_id, part, attempt, attempted_at, instance_id, outcome, ending,"
                        + " duration_micros) VALUES ('%1$s', %3$d, 0, 1, '%2$s', 4711, 'success', 'delivered', 7)")) {
            execute(database, statement.formatted(id.id(), at, endpoint, organization));
        }
        return new DeliveryId(id, endpoint, 0);
    }

    @Test
    void findsWhatIsFarBehindManyThatDoNotMatch() {
        DeliveryId failed = committed(1, endpoint).get(0);
        record(new Outcome.Ended(attempt(failed, Ending.GONE)));
        IntStream.range(0, 400).forEach(i -> {
            DeliveryId delivered = committed(1, endpoint).get(0);
            outcomes.record(new Outcome.Ended(attempt(delivered, Ending.DELIVERED)))
                    .subscribe();
        });
        outcomes.flushed().block(PATIENCE);

        DeliveryFilter toUrl = new DeliveryFilter(
                organization, List.of(Fixture.INSTANCE), DeliveryStatus.FAILED, "http://localhost/callback", false);
        DeliveryFilter byLog =
                new DeliveryFilter(organization, List.of(Fixture.INSTANCE), null, "http://localhost/callback", true);

        assertThat(await(list.page(toUrl, null, 10)).deliveries())
                .extracting(FoundDelivery::id)
                .containsExactly(failed);
        assertThat(await(list.page(byLog, null, 10)).deliveries())
                .extracting(FoundDelivery::id)
                .containsExactly(failed);
        assertThat(walk(ofAll(DeliveryStatus.DELIVERED, null), 150)).hasSize(400);
    }

    @Test
    void retriesWhatFailedNowAndParksWhatIsNotUnderWay() {
        oneOfEachKind();
        QueueRepository queue = new QueueRepository(database);
        assertThat(await(queue.owing(List.of(endpoint, second)).collectList())).containsExactly(endpoint);
        assertThat(due()).as("what was made owed again").isEqualTo(1);

        queue.retryNow(endpoint).block(PATIENCE);
        assertThat(due()).isEqualTo(2);

        execute(database, "UPDATE owed_delivery SET claims = 1 WHERE attempts > 0");
        queue.park(endpoint).block(PATIENCE);
        assertThat(due()).as("what is claimed is under way").isEqualTo(1);
        assertThat(parked()).isEqualTo(3);
    }

    @Test
    void parksAnyNumber() {
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                SELECT %d, event, part, 4711, 0, now() + interval '1 hour'
                  FROM (SELECT gen_random_uuid() AS event FROM generate_series(1, 4001)) AS events,
                       generate_series(0, 2) AS part""".formatted(endpoint));

        new QueueRepository(database).park(endpoint).block(PATIENCE);

        assertThat(parked()).isEqualTo(3 * 4001);
    }

    @Test
    void remembersWhatIsAcknowledged() {
        AcknowledgementRepository acknowledgements = new AcknowledgementRepository(database);
        DeliveryId one = committed(1, endpoint).get(0);
        DeliveryId other = committed(1, endpoint).get(0);

        acknowledgements.acknowledge(one, 1).block(PATIENCE);
        acknowledgements.acknowledge(one, 2).block(PATIENCE);

        assertThat(await(acknowledgements.among(List.of(one, other)))).containsExactly(one);
        assertThat(count(database, "SELECT count(*) FROM acknowledgement")).isOne();
    }

    private static long due() {
        return count(database, "SELECT count(*) FROM owed_delivery WHERE due_at <= now()");
    }

    private static long parked() {
        return count(database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL");
    }

    private static Map<DeliveryId, DeliveryStatus> oneOfEachKind() {
        Map<DeliveryId, DeliveryStatus> expected = new LinkedHashMap<>();
        List<DeliveryId> ids = IntStream.range(0, 7)
                .mapToObj(i -> committed(1, endpoint).get(0))
                .toList();
        record(new Outcome.Owed(ids.get(0), null, HOUR));
        expected.put(ids.get(0), DeliveryStatus.CREATED);
        record(new Outcome.Owed(ids.get(1), attempt(ids.get(1), null), HOUR));
        expected.put(ids.get(1), DeliveryStatus.RETRY);
        record(new Outcome.Owed(ids.get(2), null, null));
        expected.put(ids.get(2), DeliveryStatus.QUEUED);
        record(new Outcome.Ended(attempt(ids.get(3), Ending.DELIVERED)));
        expected.put(ids.get(3), DeliveryStatus.DELIVERED);
        record(new Outcome.Ended(attempt(ids.get(4), Ending.EXHAUSTED)));
        expected.put(ids.get(4), DeliveryStatus.QUEUED);
        record(new Outcome.Ended(attempt(ids.get(5), Ending.GONE)));
        expected.put(ids.get(5), DeliveryStatus.FAILED);
        // Made owed once more: what it came to before does not count any longer.
        record(new Outcome.Ended(attempt(ids.get(6), Ending.GONE)));
        record(new Outcome.Again(ids.get(6)));
        expected.put(ids.get(6), DeliveryStatus.CREATED);
        return expected;
    }

    private static DeliveryFilter ofInstance(@Nullable DeliveryStatus status) {
        return new DeliveryFilter(organization, List.of(Fixture.INSTANCE), status, null, false);
    }

    private static DeliveryFilter ofAll(@Nullable DeliveryStatus status, @Nullable String url) {
        return new DeliveryFilter(organization, null, status, url, false);
    }

    private static Map<DeliveryId, DeliveryStatus> statuses(DeliveryFilter filter) {
        DeliveryPage page = await(list.page(filter, null, 200));
        assertThat(page.next()).isNull();
        Map<DeliveryId, DeliveryStatus> found = new LinkedHashMap<>();
        page.deliveries().forEach(each -> found.put(each.id(), each.status()));
        return found;
    }

    private static Map<DeliveryId, DeliveryStatus> named(long of, List<DeliveryId> names) {
        return await(list.named(of, names).collectMap(FoundDelivery::id, FoundDelivery::status));
    }

    private static List<DeliveryId> walk(DeliveryFilter filter, int size) {
        List<DeliveryId> seen = new ArrayList<>();
        DeliveryId place = null;
        do {
            DeliveryPage page = await(list.page(filter, place, size));
            page.deliveries().forEach(each -> seen.add(each.id()));
            place = page.next();
        } while (place != null);
        return seen;
    }

    /** An event of that many items, owed to these endpoints; its deliveries, or one that there is not where it owes none. */
    private static List<DeliveryId> committed(int items, Long... endpoints) {
        String providerId = "provider-" + NEXT.incrementAndGet();
        EventDraft draft = new EventDraft(
                Fixture.ORGANIZATION,
                Fixture.INSTANCE,
                List.of(endpoints),
                "application/json",
                Map.of(),
                new Body("{}".getBytes(UTF_8)),
                IntStream.range(0, items).mapToObj(i -> item("o" + i)).toList(),
                new Dedupe.ByWebhook(List.of(providerId)),
                null);
        Appended.Stored stored = (Appended.Stored)
                Objects.requireNonNull(events.append(draft, () -> {}).block(PATIENCE));
        EventId id = stored.event().id();
        int parts = stored.event().parts();
        return List.of(endpoints.length == 0 ? new Long[] {0L} : endpoints).stream()
                .flatMap(to -> IntStream.range(0, parts).mapToObj(part -> new DeliveryId(id, to, part)))
                .toList();
    }

    private static void record(Outcome outcome) {
        outcomes.record(outcome).block(PATIENCE);
    }

    private static Attempt attempt(DeliveryId delivery, @Nullable Ending ending) {
        return new Attempt(
                delivery,
                1,
                delivery.eventId().receivedAt(),
                ending == Ending.DELIVERED ? "success" : "refused",
                ending,
                ending == Ending.DELIVERED ? 200 : 502,
                Duration.ofMillis(7),
                null,
                null);
    }
}
