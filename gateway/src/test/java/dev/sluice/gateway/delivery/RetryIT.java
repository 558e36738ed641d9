package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.instance.Instance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** What failed is made again: when, how often, to where, and until what. */
class RetryIT {
    private static final Map<String, String> PLAIN = Map.of();

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of(
            "sluice.delivery.retry.schedule", "300ms,600ms,900ms",
            "sluice.delivery.timeout", "5s",
            "sluice.delivery.breaker-open", "400ms"));

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void repeatsAFailedFirstAttemptFromTheOwedUntilItSucceeds() {
        receiver.answers(500);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);

        receiver.awaitRequests(2);
        receiver.answers(200);

        await().atMost(GUARD)
                .until(() ->
                        RIG.attempts(event.id()).stream().anyMatch(attempt -> attempt.ending() == Ending.DELIVERED));
        assertThat(receiver.received())
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(receiver.received().get(0).header("webhook-id"));
        List<Attempt> attempts = RIG.attempts(event.id());
        assertThat(attempts).extracting(Attempt::number).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(attempts).filteredOn(attempt -> attempt.number() == 1).allSatisfy(first -> {
            assertThat(first.outcome()).isEqualTo("refused");
            assertThat(new String(Objects.requireNonNull(first.response()).bytes(), UTF_8))
                    .isEqualTo("answer 500");
        });
        assertThat(RIG.owed(instance)).isZero();
    }

    @Test
    void givesUpWhenTheScheduleIsUsedUp() {
        receiver.answers(404);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);

        List<Attempt> attempts = RIG.awaitAttempts(event, 4);

        assertThat(attempts)
                .filteredOn(attempt -> attempt.ending() == Ending.EXHAUSTED)
                .hasSize(1);
        assertThat(RIG.owed(instance)).isZero();
    }

    @Test
    void keepsToTheInstancesOwnSchedule() {
        receiver.answers(500);
        Instance instance = RIG.instance(Map.of("event.notification.retry.schedule", "200ms"), receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);

        assertThat(RIG.awaitAttempts(event, 2))
                .filteredOn(attempt -> attempt.ending() == Ending.EXHAUSTED)
                .hasSize(1);
    }

    @Test
    void waitsAsLongAsTheReceiverAsksFor() {
        Instance instance = RIG.instance(Map.of("event.notification.retry.schedule", "1s,60s"), receiver.url());
        receiver.answers(503, Map.of("Retry-After", "30"));
        CommittedEvent event = RIG.append(instance, "{}", 1);

        RIG.awaitAttempts(event, 1);
        double seconds = RIG.number(
                "SELECT extract(epoch FROM due_at - now()) AS number FROM owed_delivery WHERE instance_id = :id",
                instance);
        assertThat(seconds).isBetween(20.0, 30.0);
    }

    @Test
    void endsWhatIsOwedToADeletedInstance() {
        receiver.answers(500);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);
        receiver.awaitRequests(1);

        RIG.delete(instance);

        await().atMost(GUARD)
                .until(() -> RIG.attempts(event.id()).stream().anyMatch(attempt -> attempt.ending() == Ending.DELETED));
        assertThat(RIG.owed(instance)).isZero();
    }

    @Test
    void followsAnEndpointToItsNewUrl() {
        receiver.answers(500);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);
        receiver.awaitRequests(1);

        try (Receiver other = new Receiver()) {
            RIG.change(instance, PLAIN, other.url());

            await().atMost(GUARD).until(() -> !other.received().isEmpty());
            assertThat(other.received().get(0).header("webhook-id"))
                    .isEqualTo(receiver.received().get(0).header("webhook-id"));
            await().atMost(GUARD).until(() -> RIG.owed(instance) == 0);
            assertThat(RIG.attempts(event.id())).anyMatch(attempt -> attempt.ending() == Ending.DELIVERED);
        }
    }

    @Test
    void endsADeliveryThatFiveClaimsBroughtNoOutcomeFor() {
        receiver.answers(500);
        Instance instance = RIG.instance(Map.of("event.notification.retry.schedule", "1h"), receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);
        RIG.awaitAttempts(event, 1);

        RIG.client()
                .sql("UPDATE owed_delivery SET claims = 5, due_at = now() WHERE instance_id = :id")
                .bind("id", instance.id())
                .then()
                .block(GUARD);

        await().atMost(GUARD).until(() -> RIG.owed(instance) == 0);
        assertThat(RIG.attempts(event.id())).anyMatch(attempt -> attempt.ending() == Ending.POISON);
    }

    @Test
    void repeatsWhatWasAnsweredWithBytesThatNoTextHolds() {
        DisposableServer hostile = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((in, out) ->
                        in.receive().take(1).thenMany(out.sendString(Mono.just("HT\0TP/1.1 200 OK\r\n\r\n"))))
                .bindNow();
        try {
            Instance instance = RIG.instance(PLAIN, "http://127.0.0.1:" + hostile.port() + "/");
            CommittedEvent event = RIG.append(instance, "{}", 1);

            assertThat(RIG.awaitAttempts(event, 2)).allSatisfy(attempt -> {
                assertThat(attempt.outcome()).isEqualTo("broken");
                assertThat(attempt.error()).doesNotContain("\0");
            });
        } finally {
            hostile.disposeNow();
        }
    }

    @Test
    void opensTheBreakerOfAFailingEndpointAndDrainsWhatIsOwedAfterItsRecovery() {
        receiver.answers(500);
        Instance instance =
                RIG.instance(Map.of("event.notification.retry.schedule", "500ms,1s,2s,4s,8s,16s"), receiver.url());
        RIG.appendMany(instance, 40);

        await().atMost(GUARD).until(() -> RIG.owed(instance) == 40);
        // Some of them were never tried: the breaker opened before.
        assertThat(receiver.ids()).hasSizeLessThan(40);
        receiver.answers(200);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 40);
        assertThat(RIG.owed(instance)).isZero();
    }
}
