package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.instance.Instance;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Outcomes wait for the database while it goes on taking events: in bounded memory, and nothing of them is lost. */
class OutcomesWaitIT {
    private static final int MANY = 20_000;
    private static final int MOST_OF_SO_LITTLE_MEMORY = 500;

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of(DeliveryRig.OUTCOME_BYTES, 16L * 1024));

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void claimsNothingWhileOutcomesFindNoMemoryAndGoesOnOnceTheyAreWritten() {
        Instance instance = RIG.instance(Map.of(), receiver.url());
        OutcomeLog outcomes = RIG.bean(OutcomeLog.class);
        PostgresqlConnection holder = holdAttempts();
        long appended = 0;
        while (outcomes.hasRoom() && appended < MOST_OF_SO_LITTLE_MEMORY) {
            RIG.append(instance, "{}", 1);
            appended++;
        }
        assertThat(outcomes.hasRoom()).as("after %s events", appended).isFalse();
        owe(RIG.append(instance, "{}", 1));

        await().during(Duration.ofSeconds(1))
                .atMost(GUARD)
                .until(() ->
                        number("SELECT sum(generation) AS number FROM owed_delivery WHERE instance_id = :id", instance)
                                == 0);
        assertThat(outcomes.hasRoom()).isFalse();

        holder.close().block(GUARD);

        await().atMost(GUARD).until(() -> RIG.owed(instance) == 0 && outcomes.heldBytes() == 0);
        assertThat(number(
                        "SELECT count(DISTINCT event_id) AS number FROM attempt WHERE instance_id = :id AND ending = 'delivered'",
                        instance))
                .isEqualTo(appended + 1);
    }

    /** Whoever wants to write an outcome waits for this one longer than it may, and tries again. */
    private static PostgresqlConnection holdAttempts() {
        PostgresqlConnection holder = RIG.await(RIG.bean(Database.class).connect("holder"));
        holder.createStatement("BEGIN; LOCK TABLE attempt IN SHARE MODE")
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .blockLast(GUARD);
        return holder;
    }

    private static void owe(CommittedEvent event) {
        RIG.client()
                .sql("""
                        INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                        VALUES (:endpoint, :event, 0, :instance, 0, now())""")
                .bind("endpoint", event.draft().endpointIds().get(0))
                .bind("event", event.id().id())
                .bind("instance", event.id().instanceId())
                .then()
                .block(GUARD);
    }

    private static long number(String sql, Instance instance) {
        return (long) RIG.number(sql, instance);
    }

    @Test
    void countsForAnOutcomeThatWaitsNoLessThanItTakes() {
        Instance instance = RIG.instance(Map.of(), receiver.url());
        OutcomeLog standing = new OutcomeLog(RIG.bean(Node.class), Long.MAX_VALUE);
        Dispatcher dispatcher = RIG.withoutMemory(standing);
        EventDraft draft = RIG.append(instance, "{}", 1).draft();
        long before = usedBytes();

        for (int event = 0; event < MANY; event++) {
            EventId id = EventId.of(instance.id(), Instant.EPOCH, 1, event);
            EventItem item =
                    new EventItem("push", "a commit's hash or so, number " + event, "CREATED", Instant.EPOCH, Map.of());
            dispatcher.accept(new CommittedEvent(id, draft, List.of(item), List.of()));
        }

        long taken = usedBytes() - before;
        assertThat(standing.waiting()).isEqualTo(MANY);
        assertThat(taken / MANY).as("bytes of each").isPositive().isLessThanOrEqualTo(standing.heldBytes() / MANY);
    }

    private static long usedBytes() {
        for (int turn = 0; turn < 3; turn++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
