package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What other gateways are known to get wrong, on two nodes with one database.
 *
 * <p>Elsewhere: acknowledged before it is stored, and a truncated body stored when it came chunked over the cap ({@code
 * IngestIT}); one log write that fails a whole batch, and a stale worker that extends another's lease ({@code OutcomeLogIT}); a
 * worker that spins while the store is away ({@code StoreIT}); a stop in order that drops what was buffered ({@code LedgerIT});
 * memory that grows while a breaker is open ({@code BreakerIT}, {@code OpenBreakersIT}).
 */
class PeersFailuresIT {
    private static final Map<String, String> PLAIN = Map.of();

    @AutoClose
    private static final TwoNodes NODES = new TwoNodes(Map.of("sluice.delivery.retry.schedule", "1h,2h"));

    private static final DeliveryRig RIG = NODES.one;
    private static final DeliveryRig ANOTHER = NODES.another;

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void queuesWhatWasStoredByANodeThatDiedBeforeItQueuedIt() {
        Instance instance = RIG.instance(PLAIN, receiver.url());

        CommittedEvent stored = RIG.appendByOneThatDies(instance);

        assertThat(ending(stored)).isEqualTo(Ending.DELIVERED);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void servesNoEndpointFromTheCacheThatAnotherNodeHasDeleted() {
        Instance known = RIG.instance(PLAIN, receiver.url());
        RIG.append(known, "{}", 1);
        await().atMost(GUARD).until(() -> RIG.delivered(known) == 1);

        ANOTHER.change(known, PLAIN);
        await().atMost(GUARD).until(() -> ending(RIG.append(known, "{}", 1)) == Ending.DELETED);

        int before = receiver.received().size();
        for (int i = 0; i < 20; i++) {
            assertThat(ending(RIG.append(known, "{}", 1))).isEqualTo(Ending.DELETED);
        }
        assertThat(receiver.received()).hasSize(before);
    }

    @Test
    void losesAndRepeatsNothingWhenDisablingRacesWithDispatch() {
        Instance instance = RIG.instance(PLAIN, receiver.url());
        int appended = 0;
        for (int turn = 0; turn < 5; turn++) {
            ANOTHER.setDisabled(instance, turn % 2 == 1);
            for (int i = 0; i < 60; i++, appended++) {
                RIG.append(instance, "{}", 1);
            }
        }
        ANOTHER.setDisabled(instance, true);
        long before;
        do {
            awaitSettled(instance, appended);
            before = RIG.delivered(instance);
            RIG.append(instance, "{}", 1);
            awaitSettled(instance, ++appended);
        } while (RIG.delivered(instance) > before);
        assertThat(receiver.received()).as("nothing was sent that is owed").hasSize((int) before);

        ANOTHER.setDisabled(instance, false);
        await().atMost(GUARD).until(() -> RIG.owed(instance) == 0);
        assertThat(receiver.received()).as("each once").hasSize(appended);
        assertThat(receiver.ids()).hasSize(appended);
    }

    /** Each of so many deliveries is either over or owed. */
    private static void awaitSettled(Instance instance, int deliveries) {
        await().atMost(GUARD).until(() -> RIG.delivered(instance) + RIG.owed(instance) == deliveries);
    }

    @Test
    void makesARetryWhoseTimeHasLongPassedAndTheNextOneInItsTime() {
        receiver.answers(500);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);
        await().atMost(GUARD)
                .until(() -> RIG.owed(instance) == 1 && RIG.attempts(event.id()).size() == 1);

        dueLongAgo(instance);

        await().atMost(GUARD).until(() -> RIG.attempts(event.id()).size() == 2);
        assertThat(RIG.number(
                        "SELECT extract(epoch FROM due_at - now()) AS number FROM owed_delivery WHERE instance_id = :id",
                        instance))
                .as("an hour after this one, not after the first")
                .isBetween(3_000.0, 4_000.0);
        receiver.answers(200);
        dueLongAgo(instance);
        assertThat(ending(event)).isEqualTo(Ending.DELIVERED);
    }

    private static void dueLongAgo(Instance instance) {
        run("""
                UPDATE owed_delivery SET due_at = now() - interval '400 days', first_failed_at = now() - interval '400 days'
                 WHERE instance_id = %d""", instance);
    }

    @Test
    void keepsRetriesOfOneEventToTwoEndpointsApart() {
        receiver.answers(500);
        try (Receiver other = new Receiver()) {
            other.answers(500);
            Instance instance = RIG.instance(PLAIN, receiver.url(), other.url());
            CommittedEvent event = RIG.append(instance, "{}", 1);
            await().atMost(GUARD).until(() -> RIG.attempts(event.id()).size() == 2 && RIG.owed(instance) == 2);
            receiver.answers(200);
            dueLongAgo(instance);

            await().atMost(GUARD).until(() -> RIG.attempts(event.id()).size() == 4);
            await().atMost(GUARD).until(() -> RIG.owed(instance) == 1);
            assertThat(RIG.attempts(event.id()))
                    .filteredOn(attempt -> attempt.ending() == Ending.DELIVERED)
                    .singleElement()
                    .satisfies(end -> assertThat(end.delivery().endpointId())
                            .isEqualTo(instance.owedEndpointIds().get(0)));
            other.answers(200);
            dueLongAgo(instance);
            await().atMost(GUARD).until(() -> RIG.owed(instance) == 0);

            assertThat(receiver.ids()).hasSize(1).doesNotContainAnyElementsOf(other.ids());
            assertThat(other.ids()).hasSize(1);
            assertThat(receiver.received()).hasSize(2);
            assertThat(other.received()).hasSize(3);
        }
    }

    /** How the event's only delivery ended, when it has. */
    private static Ending ending(CommittedEvent event) {
        await().atMost(GUARD).until(() -> RIG.attempts(event.id()).stream().anyMatch(each -> each.ending() != null));
        return RIG.attempts(event.id()).stream()
                .map(Attempt::ending)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static void run(String sql, Instance instance) {
        RIG.client().sql(sql.formatted(instance.id())).then().block(GUARD);
    }
}
