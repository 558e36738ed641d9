package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Endpoint.Breaker;
import dev.sluice.persistence.instance.Instance;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Two nodes, and endpoints whose breaker is open. The schedule is so long that nothing but the breaker moves anything. */
class BreakerIT {
    private static final Map<String, String> PLAIN = Map.of();
    private static final int MANY = 60;

    @AutoClose
    private static final TwoNodes NODES = new TwoNodes(Map.of(
            "sluice.delivery.retry.schedule", "1h,2h",
            "sluice.delivery.timeout", "5s",
            "sluice.delivery.breaker-open", "300ms",
            "sluice.delivery.breaker-open-max", "600ms"));

    private static final DeliveryRig RIG = NODES.one;
    private static final DeliveryRig ANOTHER = NODES.another;

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void parksWhatAFailingEndpointIsOwedAndUsesUpNoAttempts() {
        receiver.answers(500);
        Instance instance = opened();
        int before = receiver.received().size();

        await().atMost(GUARD).until(() -> receiver.received().size() >= before + 4);

        assertThat(breaker(instance)).isEqualTo(Breaker.OPEN);
        assertThat(RIG.owed(instance)).isEqualTo(MANY);
        assertThat(number("max(attempts - probes)", "true", instance)).isEqualTo(1);
        assertThat(number(
                        "count(*)",
                        "attempts = probes AND due_at IS NOT NULL AND due_at > now() + interval '1 minute'",
                        instance))
                .isZero();
        assertThat(number("count(*)", "probes > 1", instance))
                .as("each probe takes another delivery")
                .isZero();
    }

    @Test
    void opensForAllNodesAndIsProbedByOneAtATime() {
        receiver.answers(500);
        Instance instance = opened();
        await().atMost(GUARD)
                .until(() -> number("count(*)", "due_at IS NOT NULL AND due_at < now() + interval '1 minute'", instance)
                        == 0);
        receiver.answers(response -> Mono.delay(Duration.ofMillis(100))
                .then(response.status(500).send().then()));
        receiver.forgetAtOnce();
        int before = receiver.received().size();

        for (int i = 0; i < 20; i++) {
            ANOTHER.append(ANOTHER.reread(instance), "{}", 1);
        }

        await().atMost(GUARD).until(() -> RIG.owed(instance) == MANY + 20);
        await().atMost(GUARD).until(() -> receiver.received().size() >= before + 4);
        assertThat(receiver.atOnceMost()).isEqualTo(1);
        assertThat(receiver.received().size())
                .as("nothing but probes, none of them together")
                .isLessThan(before + 20);
    }

    @Test
    void keepsNothingInMemoryOfWhatIsParked() {
        receiver.answers(500);
        Instance instance = opened();
        String body = "{\"filler\": \"" + "x".repeat(20_000) + "\"}";

        for (int i = 0; i < 200; i++) {
            RIG.append(RIG.reread(instance), body, 1);
        }

        await().atMost(GUARD).until(() -> RIG.owed(instance) == MANY + 200);
        await().atMost(GUARD)
                .untilAsserted(() -> assertThat(RIG.bean(InHand.class).held()).isZero());
        // Those that were called before the breaker opened wait for their time.
        await().atMost(GUARD)
                .until(() -> number("count(*)", "due_at IS NULL OR attempts > probes", instance) >= MANY + 190);
        assertThat(RIG.bean(InHand.class).held()).isLessThan(2 * 30_000);
    }

    @Test
    void holdsNoBodyOfWhatThereIsNoMemoryForUntilItsOwedRowIsWritten() {
        Instance instance = RIG.instance(PLAIN, receiver.url());
        OutcomeLog standing = new OutcomeLog(RIG.bean(Node.class));
        Dispatcher dispatcher = RIG.withoutMemory(standing);

        WeakReference<Body> body = accepted(dispatcher, instance);

        assertThat(standing.waiting()).isOne();
        await().atMost(GUARD).until(() -> {
            System.gc();
            return body.get() == null;
        });
    }

    private static WeakReference<Body> accepted(Dispatcher dispatcher, Instance instance) {
        CommittedEvent known = RIG.append(instance, "{}", 1);
        Body body = new Body(new byte[1]);
        EventDraft draft = new EventDraft(
                instance.organizationId(),
                instance.id(),
                known.draft().endpointIds(),
                "application/json",
                Map.of(),
                body,
                known.items(),
                known.draft().dedupe(),
                null);
        dispatcher.accept(new CommittedEvent(known.id(), draft, known.items(), List.of()));
        return new WeakReference<>(body);
    }

    @Test
    void drainsWhatIsParkedWhenAProbeSucceeds() {
        receiver.answers(500);
        Instance instance = opened();
        double failed = number("count(*)", "attempts > probes", instance);

        receiver.answers(200);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == MANY - (long) failed);
        await().atMost(GUARD).until(() -> breaker(instance) == Breaker.CLOSED);
        assertThat(number("count(*)", "due_at IS NULL", instance)).isZero();
        RIG.append(instance, "{}", 1);
        await().atMost(GUARD).until(() -> RIG.delivered(instance) == MANY - (long) failed + 1);
    }

    @Test
    void sendsWhatIsParkedToTheUrlThatReplacesTheFormer() {
        receiver.answers(500);
        Instance instance = opened();
        double failed = number("count(*)", "attempts > probes", instance);

        try (Receiver other = new Receiver()) {
            RIG.change(instance, PLAIN, other.url());

            await().atMost(GUARD).until(() -> RIG.delivered(instance) == MANY - (long) failed);
            assertThat(other.ids()).hasSize(MANY - (int) failed);
        }
    }

    @Test
    void endsWhatIsParkedForADeletedInstance() {
        receiver.answers(500);
        Instance instance = opened();

        RIG.delete(instance);

        await().atMost(GUARD).until(() -> number("count(*)", "due_at IS NULL", instance) == 0);
        await().atMost(GUARD).until(() -> number("count(*)", "attempts = probes", instance) == 0);
    }

    /** An instance whose endpoint's breaker is open, with a backlog. */
    private Instance opened() {
        Instance instance = RIG.instance(PLAIN, receiver.url());
        RIG.appendMany(instance, MANY);
        await().atMost(GUARD).until(() -> RIG.owed(instance) == MANY);
        await().atMost(GUARD).until(() -> breaker(instance) == Breaker.OPEN);
        return instance;
    }

    private static Breaker breaker(Instance instance) {
        return RIG.reread(instance).endpoints().stream()
                .map(Endpoint::breaker)
                .findFirst()
                .orElseThrow();
    }

    private static double number(String what, String condition, Instance instance) {
        return RIG.number(
                "SELECT coalesce(%s, 0) AS number FROM owed_delivery WHERE instance_id = :id AND %s"
                        .formatted(what, condition),
                instance);
    }
}
