package dev.sluice.persistence.epoch;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventDraft;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TakeoverIT {
    private final NodeRig rig = new NodeRig(2);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void owesAtTheNextStartExactlyWhatWasNotAccountedFor() {
        DeliveryId delivered = rig.committed("delivered");
        DeliveryId owed = rig.committed("owed");
        DeliveryId open = rig.committed("open");
        rig.outcomes.record(new Outcome.Ended(rig.delivered(delivered))).block(PATIENCE);
        rig.outcomes.record(new Outcome.Owed(owed, null, Duration.ofHours(1))).block(PATIENCE);
        rig.crash();

        rig.startAgain();

        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery")).isEqualTo(2);
        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery WHERE due_at <= now()"))
                .isEqualTo(1);
        assertThat(count(
                        rig.database,
                        "SELECT count(*) FROM owed_delivery WHERE due_at <= now() AND event_id = '"
                                + open.eventId().id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void makesSearchableWhatHadNoOutcomeYet() {
        rig.committed("owed to one");
        await(rig.events.append(draft("owed to nobody", List.of()), () -> {}));
        rig.crash();

        rig.startAgain();

        assertThat(count(rig.database, "SELECT count(*) FROM event_search WHERE status = 'RECEIVED'"))
                .isEqualTo(2);
        assertThat(count(rig.database, "SELECT sum(received)::bigint FROM event_rollup"))
                .isEqualTo(2);
    }

    @Test
    void leavesInTheirPlacesWhatHasStoodInLineSinceItsCommit() {
        List<UUID> inOrder =
                List.of(orderedAndCommitted("first"), orderedAndCommitted("second"), orderedAndCommitted("third"));
        execute(rig.database, "DELETE FROM owed_delivery WHERE event_id = '" + inOrder.get(1) + "'");
        rig.crash();

        rig.startAgain();

        assertThat(await(rig.database
                        .client()
                        .sql("SELECT event_id FROM owed_delivery ORDER BY position")
                        .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                        .all()
                        .collectList()))
                .as("one that is over is not owed again")
                .containsExactly(inOrder.get(0), inOrder.get(2));
        assertThat(count(rig.database, "SELECT count(*) FROM event_search")).isEqualTo(3);
    }

    private UUID orderedAndCommitted(String id) {
        EventDraft plain = draft(id, List.of(rig.endpoint));
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
        return ((Appended.Stored) await(rig.events.append(ordered, () -> {})))
                .event()
                .id()
                .id();
    }

    @Test
    void owesNothingTwiceWhenItIsRecoveredTwice() {
        rig.committed("open");
        rig.crash();
        rig.startAgain();
        execute(
                rig.database,
                "UPDATE epoch SET recovered_at = NULL WHERE node = 'test' AND id = (SELECT min(id) FROM epoch)");

        rig.startAgain();

        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery")).isEqualTo(1);
    }

    @Test
    void letsASurvivingNodeTakeOverOneThatNoLongerBeats() {
        DeliveryId open = rig.committed("open");
        rig.crash();
        execute(rig.database, "UPDATE epoch SET beat_at = now() - interval '11 seconds' WHERE node = 'test'");

        new Takeover(rig.database).dead().block(PATIENCE);

        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery WHERE endpoint_id = " + open.endpointId()))
                .isEqualTo(1);
        assertThat(count(rig.database, "SELECT count(*) FROM epoch WHERE recovered_at IS NULL"))
                .isZero();
    }

    @Test
    void endsAZombieThatWouldCommitAfterTheTakeover() {
        EpochSession zombie = await(rig.node().openSession());
        await(zombie.begin());
        zombie.connection()
                .createStatement("INSERT INTO dedupe_key (key, day) VALUES (gen_random_uuid(), current_date)")
                .execute()
                .then()
                .block(PATIENCE);
        Epoch epoch = Objects.requireNonNull(rig.node().epoch());

        new Takeover(rig.database).former(NodeRig.NAME, epoch.id() + 1).block(PATIENCE);

        assertThatThrownBy(() -> zombie.connection().commitTransaction().block(PATIENCE))
                .isInstanceOf(RuntimeException.class);
        assertThat(count(rig.database, "SELECT count(*) FROM dedupe_key")).isZero();
    }

    @Test
    void neverCommitsAgainInAnEpochThatWasTakenOver() {
        Epoch taken = Objects.requireNonNull(rig.node().epoch());
        EpochSession late = new EpochSession(taken, await(rig.database.connect("late")));
        new Takeover(rig.database).former(NodeRig.NAME, taken.id() + 1).block(PATIENCE);

        assertThatThrownBy(() -> late.begin().block(PATIENCE)).isInstanceOf(FenceClosedException.class);
        late.close().block(PATIENCE);
    }

    @Test
    void beginsANewEpochWhenItWasTakenOverAndGoesOn() {
        Epoch taken = Objects.requireNonNull(rig.node().epoch());
        DeliveryId open = rig.committed("before");
        new Takeover(rig.database).former(NodeRig.NAME, taken.id() + 1).block(PATIENCE);

        await().atMost(PATIENCE)
                .until(() -> rig.node().epoch() != null
                        && Objects.requireNonNull(rig.node().epoch()).id() > taken.id());
        DeliveryId after = rig.committed("after");

        assertThat(after.eventId().epoch()).isGreaterThan(open.eventId().epoch());
        assertThat(rig.outcomes.record(new Outcome.Ended(rig.delivered(open))).block(PATIENCE))
                .isEqualTo(OutcomeLog.Recorded.TOO_LATE);
        assertThat(rig.outcomes.record(new Outcome.Ended(rig.delivered(after))).block(PATIENCE))
                .isEqualTo(OutcomeLog.Recorded.WRITTEN);
    }

    @Test
    void owesItToTheEndpointsOfTheCommitWhateverTheCallbackIsNow() {
        DeliveryId open = rig.committed("open");
        execute(
                rig.database,
                "INSERT INTO endpoint (instance_id, url, position) VALUES (4711, 'http://localhost/added', 1)");
        execute(rig.database, "UPDATE endpoint SET url = 'http://localhost/changed' WHERE id = " + rig.endpoint);
        rig.crash();

        rig.startAgain();

        assertThat(await(rig.database
                        .client()
                        .sql("SELECT endpoint_id FROM owed_delivery")
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .all()
                        .collectList()))
                .containsExactly(open.endpointId());
    }
}
