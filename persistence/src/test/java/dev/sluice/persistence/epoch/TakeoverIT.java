package dev.sluice.persistence.epoch;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TakeoverIT {
    private Database database;
    private Node node;
    private EventLog log;
    private OutcomeLog outcomes;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(database, "first");
        node.start().block(PATIENCE);
        log = new EventLog(node, Duration.ofDays(3), event -> {}, 2);
        log.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
    }

    @AfterEach
    void stop() {
        outcomes.close();
        log.close();
        node.close();
        database.close();
    }

    @Test
    void owesAtTheNextStartExactlyWhatWasNotAccountedFor() {
        DeliveryId delivered = committed("delivered");
        DeliveryId owed = committed("owed");
        DeliveryId open = committed("open");
        outcomes.record(new Outcome.Ended(delivered(delivered))).block(PATIENCE);
        outcomes.record(new Outcome.Owed(owed, null, Duration.ofHours(1))).block(PATIENCE);
        crash();

        startAgain("first");

        assertThat(count(database, "SELECT count(*) FROM owed_delivery")).isEqualTo(2);
        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE due_at <= now()"))
                .isEqualTo(1);
        assertThat(count(
                        database,
                        "SELECT count(*) FROM owed_delivery WHERE due_at <= now() AND event_id = '"
                                + open.eventId().id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void makesSearchableWhatHadNoOutcomeYet() {
        committed("owed to one");
        await(log.append(draft("owed to nobody", List.of()), () -> {}));
        crash();

        startAgain("first");

        assertThat(count(database, "SELECT count(*) FROM event_search WHERE status = 'RECEIVED'"))
                .isEqualTo(2);
        assertThat(count(database, "SELECT sum(received)::bigint FROM event_rollup"))
                .isEqualTo(2);
    }

    @Test
    void leavesInTheirPlacesWhatHasStoodInLineSinceItsCommit() {
        List<UUID> inOrder =
                List.of(orderedAndCommitted("first"), orderedAndCommitted("second"), orderedAndCommitted("third"));
        execute(database, "DELETE FROM owed_delivery WHERE event_id = '" + inOrder.get(1) + "'");
        crash();

        startAgain("first");

        assertThat(await(database.client()
                        .sql("SELECT event_id FROM owed_delivery ORDER BY position")
                        .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                        .all()
                        .collectList()))
                .as("one that is over is not owed again")
                .containsExactly(inOrder.get(0), inOrder.get(2));
        assertThat(count(database, "SELECT count(*) FROM event_search")).isEqualTo(3);
    }

    private UUID orderedAndCommitted(String id) {
        EventDraft plain = draft(id, List.of(endpoint));
        EventDraft ordered = new EventDraft(
                plain.organizationId(),
                plain.instanceId(),
                plain.endpointIds(),
                plain.contentType(),
                plain.headers(),
                plain.body(),
                plain.items(),
                plain.dedupe(),
                null,
                true);
        return ((Appended.Stored) await(log.append(ordered, () -> {})))
                .event()
                .id()
                .id();
    }

    @Test
    void owesNothingTwiceWhenItIsRecoveredTwice() {
        committed("open");
        crash();
        startAgain("first");
        execute(
                database,
                "UPDATE epoch SET recovered_at = NULL WHERE node = 'first' AND id = (SELECT min(id) FROM epoch)");

        startAgain("first");

        assertThat(count(database, "SELECT count(*) FROM owed_delivery")).isEqualTo(1);
    }

    @Test
    void letsASurvivingNodeTakeOverOneThatNoLongerBeats() {
        DeliveryId open = committed("open");
        crash();
        execute(database, "UPDATE epoch SET beat_at = now() - interval '11 seconds' WHERE node = 'first'");

        new Takeover(database).dead().block(PATIENCE);

        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE endpoint_id = " + open.endpointId()))
                .isEqualTo(1);
        assertThat(count(database, "SELECT count(*) FROM epoch WHERE recovered_at IS NULL"))
                .isZero();
    }

    @Test
    void endsAZombieThatWouldCommitAfterTheTakeover() {
        EpochSession zombie = await(node.openSession());
        await(zombie.begin());
        zombie.connection()
                .createStatement("INSERT INTO dedupe_key (key, day) VALUES (gen_random_uuid(), current_date)")
                .execute()
                .then()
                .block(PATIENCE);
        Epoch epoch = Objects.requireNonNull(node.epoch());

        new Takeover(database).former("first", epoch.id() + 1).block(PATIENCE);

        assertThatThrownBy(() -> zombie.connection().commitTransaction().block(PATIENCE))
                .isInstanceOf(RuntimeException.class);
        assertThat(count(database, "SELECT count(*) FROM dedupe_key")).isZero();
    }

    @Test
    void neverCommitsAgainInAnEpochThatWasTakenOver() {
        Epoch taken = Objects.requireNonNull(node.epoch());
        EpochSession late = new EpochSession(taken, await(database.connect("late")));
        new Takeover(database).former("first", taken.id() + 1).block(PATIENCE);

        assertThatThrownBy(() -> late.begin().block(PATIENCE)).isInstanceOf(FenceClosedException.class);
        late.close().block(PATIENCE);
    }

    @Test
    void beginsANewEpochWhenItWasTakenOverAndGoesOn() {
        Epoch taken = Objects.requireNonNull(node.epoch());
        DeliveryId open = committed("before");
        new Takeover(database).former("first", taken.id() + 1).block(PATIENCE);

        await().atMost(PATIENCE)
                .until(() -> node.epoch() != null
                        && Objects.requireNonNull(node.epoch()).id() > taken.id());
        DeliveryId after = committed("after");

        assertThat(after.eventId().epoch()).isGreaterThan(open.eventId().epoch());
        assertThat(outcomes.record(new Outcome.Ended(delivered(open))).block(PATIENCE))
                .isEqualTo(OutcomeLog.Recorded.TOO_LATE);
        assertThat(outcomes.record(new Outcome.Ended(delivered(after))).block(PATIENCE))
                .isEqualTo(OutcomeLog.Recorded.WRITTEN);
    }

    @Test
    void owesItToTheEndpointsOfTheCommitWhateverTheCallbackIsNow() {
        DeliveryId open = committed("open");
        execute(
                database,
                "INSERT INTO endpoint (instance_id, url, position) VALUES (4711, 'http://localhost/added', 1)");
        execute(database, "UPDATE endpoint SET url = 'http://localhost/changed' WHERE id = " + endpoint);
        crash();

        startAgain("first");

        assertThat(await(database.client()
                        .sql("SELECT endpoint_id FROM owed_delivery")
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .all()
                        .collectList()))
                .containsExactly(open.endpointId());
    }

    private void crash() {
        outcomes.close();
        log.close();
        node.close();
    }

    private void startAgain(String name) {
        node = new Node(database, name);
        node.start().block(PATIENCE);
    }

    private DeliveryId committed(String id) {
        Appended answer = await(log.append(draft(id, List.of(endpoint)), () -> {}));
        EventId event = ((Appended.Stored) answer).event().id();
        return new DeliveryId(event, endpoint, 0);
    }

    private Attempt delivered(DeliveryId delivery) {
        return new Attempt(
                delivery,
                1,
                node.clock().now(),
                "success",
                Attempt.Ending.DELIVERED,
                200,
                Duration.ofMillis(3),
                null,
                null);
    }
}
