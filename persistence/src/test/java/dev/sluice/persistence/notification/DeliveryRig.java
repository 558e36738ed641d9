package dev.sluice.persistence.notification;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static dev.sluice.persistence.Fixture.item;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An instance with two endpoints, and the logs by which its deliveries come as far as a test wants. */
abstract class DeliveryRig {
    static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger NEXT = new AtomicInteger();

    static Database database;
    static OutcomeLog outcomes;
    static DeliveryList list;
    static long organization;
    static long endpoint;
    static long second;
    private static Node node;
    private static EventLog events;

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
        list = new DeliveryList(database);
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

    static Map<DeliveryId, DeliveryStatus> oneOfEachKind() {
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

    static DeliveryFilter ofInstance(@Nullable DeliveryStatus status) {
        return new DeliveryFilter(organization, List.of(Fixture.INSTANCE), status, null, false);
    }

    static DeliveryFilter ofAll(@Nullable DeliveryStatus status, @Nullable String url) {
        return new DeliveryFilter(organization, null, status, url, false);
    }

    /** An event of that many items, owed to these endpoints; its deliveries, or one that there is not where it owes none. */
    static List<DeliveryId> committed(int items, Long... endpoints) {
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

    static void record(Outcome outcome) {
        outcomes.record(outcome).block(PATIENCE);
    }

    static Attempt attempt(DeliveryId delivery, @Nullable Ending ending) {
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
