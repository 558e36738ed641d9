package dev.sluice.persistence.eventlog;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy;
import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two writers out of order: the one that took its place first has not committed yet, or never will, when the other's event is
 * in the log and accounted for. What a recovery reads must begin before the first.
 */
final class WatermarkIT {
    private final NodeRig rig = NodeRig.behindProxy(2);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void staysBeforeTheWriterThatTookItsPlaceFirstUntilItsEventIsAccountedFor() {
        EpochSession writer = await(rig.node().openSession());
        Member<LogEntry, Appended> member =
                new Member<>(LogEntry.of(draft("first", List.of(rig.endpoint))), 1, () -> {});
        PreparedGroup first = await(new EventGroup(Duration.ofDays(3), event -> {}).prepare(writer, List.of(member)));
        EventId second = committedAndDelivered("second");
        Instant meanwhile = watermarkAfterTwoBeats();

        writer.connection().commitTransaction().block(PATIENCE);
        first.committed();

        EventId late = await(rig.database
                .client()
                .sql("SELECT id FROM event WHERE id < '" + second.id() + "'")
                .map(row -> new EventId(Fixture.INSTANCE, Objects.requireNonNull(row.get(0, UUID.class))))
                .one());
        assertThat(late.sequence()).as("numbered first, committed last").isLessThan(second.sequence());
        assertThat(late.receivedAt()).isAfterOrEqualTo(meanwhile);
        assertThat(watermarkAfterTwoBeats()).as("committed, but open").isBeforeOrEqualTo(late.receivedAt());
        writer.close().block(PATIENCE);
        assertThat(owedAfterACrash()).containsExactly(late.id());
    }

    @Test
    void passesTheWriterThatTookItsPlaceFirstOnceItIsCertainThatItNeverCommitted() {
        CuttingProxy.Held commit = rig.proxy().holdNextCommit();
        CompletableFuture<Appended> first = rig.append("first").toFuture();
        await().atMost(PATIENCE).until(commit::hasArrived);
        EventId second = committedAndDelivered("second");
        assertThat(watermarkAfterTwoBeats()).isBefore(second.receivedAt());

        commit.cut();

        assertThatThrownBy(first::join).hasCauseInstanceOf(StoreUnavailableException.class);
        await().atMost(PATIENCE).until(() -> watermark().isAfter(second.receivedAt()));
        assertThat(count(rig.database, "SELECT count(*) FROM event")).isEqualTo(1);
        assertThat(owedAfterACrash()).isEmpty();
    }

    private EventId committedAndDelivered(String id) {
        DeliveryId delivery = rig.committed(id);
        assertThat(await(rig.outcomes.record(new Outcome.Ended(rig.delivered(delivery)))))
                .isEqualTo(OutcomeLog.Recorded.WRITTEN);
        return delivery.eventId();
    }

    /** The second beat from now on has heard, before it was sent, of a time after now. */
    private Instant watermarkAfterTwoBeats() {
        for (int beat = 0; beat < 2; beat++) {
            Instant last = time("beat_at");
            await().atMost(PATIENCE).until(() -> time("beat_at").isAfter(last));
        }
        return watermark();
    }

    private Instant watermark() {
        return time("watermark_at");
    }

    private Instant time(String column) {
        return await(rig.database
                .client()
                .sql("SELECT " + column + " FROM epoch WHERE node = 'test'")
                .map(row -> Objects.requireNonNull(row.get(0, Instant.class)))
                .one());
    }

    private List<UUID> owedAfterACrash() {
        rig.crash();
        rig.startAgain();
        return await(rig.database
                .client()
                .sql("SELECT event_id FROM owed_delivery")
                .map(row -> Objects.requireNonNull(row.get(0, UUID.class)))
                .all()
                .collectList());
    }
}
