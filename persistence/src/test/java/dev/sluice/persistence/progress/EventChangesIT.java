package dev.sluice.persistence.progress;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventLog;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventChangesIT {
    private static final int EPOCH = 7;

    private Database database;
    private Node node;
    private EventLog log;
    private PostgresqlConnection connection;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        log = new EventLog(node, Duration.ofDays(1), event -> {}, 1);
        log.start();
        connection = await(database.connect("test"));
    }

    @AfterEach
    void stop() {
        connection.close().block(PATIENCE);
        log.close();
        node.close();
        database.close();
    }

    @Test
    void countsAnEventOnceAndMovesItWhenItComesFurther() {
        EventId event = append("one");
        change(event, 0, 0, 0);
        assertThat(rollup("received")).isEqualTo(1);
        assertThat(status(event)).isEqualTo("RECEIVED");

        change(event, 0, 0, 1);
        assertThat(status(event)).isEqualTo("FAILED");
        assertThat(rollup("failed")).isEqualTo(1);

        change(event, 0, 0, -1);
        assertThat(status(event)).isEqualTo("DISPATCHED");
        assertThat(rollup("failed")).isZero();

        change(event, 0, 1, 0);
        assertThat(status(event)).isEqualTo("NOTIFIED");
        assertThat(rollup("delivered")).isEqualTo(1);
        assertThat(rollup("received")).isEqualTo(1);
    }

    @Test
    void waitsForAddedDeliveriesBeforeItCallsAnEventNotified() {
        EventId event = append("one");
        change(event, 1, 1, 0);

        assertThat(status(event)).isEqualTo("DISPATCHED");
        change(event, 0, 1, 0);
        assertThat(status(event)).isEqualTo("NOTIFIED");
    }

    @Test
    void writesWhatMemoryHoldsAsItReadsTheLog() {
        EventItem longest =
                new EventItem("push", "\uD83D\uDE80".repeat(250), "UPDATED", Instant.EPOCH, Map.of("a", "b"));
        List<EventItem> items = List.of(longest, new EventItem("push", "1", "CREATED", Instant.EPOCH, Map.of()));
        for (List<EventItem> some : List.of(items, List.<EventItem>of())) {
            execute(database, "TRUNCATE event_search, event_rollup, event_rollup_hour, event_rollup_total");
            CommittedEvent read = append(some);
            CommittedEvent held = append(some);

            write(firstChange(read, null));
            write(firstChange(held, held.findable()));

            assertThat(count(database, "SELECT count(*) FROM event_search")).isEqualTo(2L * Math.max(1, some.size()));
            assertThat(count(database, """
                    SELECT count(DISTINCT (organization_id, item, instance_id, object_type, object_id, event_type, deliveries,
                                           added, delivered, failed, attempted, status)) FROM event_search""")).isEqualTo(Math.max(1, some.size()));
            assertThat(rollup("received")).isEqualTo(2);
            assertThat(rollup("delivered")).isEqualTo(some.isEmpty() ? 0 : 2);
        }
    }

    @Test
    void readsFromTheLogWhatOnlyItsReadingLeavesOut() {
        EventItem zero = new EventItem("push", "1", "CREATED", Instant.EPOCH, Map.of("a", "b\0"));
        EventItem escaped = new EventItem("push", "1", "CREATED", Instant.EPOCH, Map.of("a", "\\u0000"));

        assertThat(append(List.of(zero)).findable()).isNull();
        assertThat(append(List.of(escaped)).findable()).isNull();
    }

    private CommittedEvent append(List<EventItem> items) {
        EventDraft draft = draft("whatever", List.of(endpoint));
        return ((Appended.Stored) await(log.append(
                        new EventDraft(
                                draft.organizationId(),
                                draft.instanceId(),
                                draft.endpointIds(),
                                draft.contentType(),
                                draft.headers(),
                                draft.body(),
                                items,
                                new Dedupe.ByWebhook(List.of()),
                                null),
                        () -> {})))
                .event();
    }

    private static EventChange firstChange(CommittedEvent event, @Nullable Findable first) {
        EventId id = event.id();
        return new EventChange(id.id(), Fixture.INSTANCE, id.receivedAt(), 0, 1, 0, true, first);
    }

    private void write(EventChange change) {
        EventChanges.of(List.of(change)).write(connection, EPOCH).block(PATIENCE);
    }

    @Test
    void leavesOutItemsThatPostgresqlCannotTakeApart() {
        EventId event = append("one");
        execute(database, """
                UPDATE event SET items = '[{"objectType": "a\\u0000b", "objectId": "1", "eventType": "CREATED"}]'""");

        change(event, 0, 1, 0);

        assertThat(status(event)).isEqualTo("NOTIFIED");
        assertThat(count(database, "SELECT count(object_type) FROM event_search"))
                .isZero();
    }

    @Test
    void forgetsChangesOfAnEventThatIsGone() {
        EventId event = append("one");
        execute(database, "DELETE FROM event");

        change(event, 0, 1, 0);

        assertThat(count(database, "SELECT count(*) FROM event_search")).isZero();
    }

    private EventId append(String providerId) {
        return ((Appended.Stored) await(log.append(draft(providerId, List.of(endpoint)), () -> {})))
                .event()
                .id();
    }

    private void change(EventId event, int added, int delivered, int failed) {
        EventChange change = new EventChange(
                event.id(), Fixture.INSTANCE, event.receivedAt(), added, delivered, failed, delivered + failed != 0);
        write(change);
    }

    private String status(EventId event) {
        return await(database.client()
                .sql("SELECT status FROM event_search WHERE event_id = :id")
                .bind("id", event.id())
                .map(row -> row.get("status", String.class))
                .one());
    }

    /** By the minute, by the hour and of all together: always the same. */
    private long rollup(String column) {
        List<Long> sums = Stream.of("event_rollup", "event_rollup_hour", "event_rollup_total")
                .map(table ->
                        count(database, "SELECT sum(" + column + ")::bigint FROM " + table + " WHERE epoch = " + EPOCH))
                .distinct()
                .toList();
        assertThat(sums).as("sums of %s", column).hasSize(1);
        return sums.get(0);
    }
}
