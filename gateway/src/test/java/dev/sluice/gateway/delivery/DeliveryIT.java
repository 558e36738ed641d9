package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What endpoints get of committed events, how much at once, and when nothing more. */
class DeliveryIT {
    private static final String PASSWORD = Planted.secret("callback");
    private static final String KEY = Planted.secret("notifications");
    private static final Map<String, String> PLAIN = Map.of();

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of(
            "sluice.delivery.retry.schedule", "300ms,600ms,900ms",
            "sluice.delivery.timeout", "5s",
            "sluice.delivery.concurrency", "8",
            "sluice.delivery.breaker-open", "400ms"));

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void deliversACommittedEventSignedInBothWays() throws Exception {
        Instance instance = RIG.instance(
                Map.of(
                        "event.notification.signature.key",
                        KEY,
                        "event.notification.basic.username",
                        "me",
                        "event.notification.basic.password",
                        PASSWORD,
                        "event.notification.callback.headers",
                        "X-Team: blue"),
                receiver.url());
        CommittedEvent event = RIG.append(instance, "{ \"ref\": \"refs/heads/main\" }", 1);

        Receiver.Received request = receiver.awaitRequests(1).get(0);
        JsonNode body = new JsonMapper().readTree(request.body());
        assertThat(request.body()).contains("\"raw\":{ \"ref\": \"refs/heads/main\" },");
        assertThat(body.at("/message/eventId").asString()).isEqualTo(event.id().encoded());
        assertThat(body.at("/message/instanceId").asLong()).isEqualTo(instance.id());
        assertThat(request.header("webhook-id"))
                .isEqualTo(request.header("Elements-Webhook-Id"))
                .isEqualTo(body.at("/id").asString());
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Authorization")).isEqualTo(Parameters.basic("me", PASSWORD));
        assertThat(request.header("X-Team")).isEqualTo("blue");
        assertThat(request.header("Elements-Webhook-Signature")).isEqualTo("sha256=%s", hmac(request.body()));
        assertThatCode(() -> verify(request)).doesNotThrowAnyException();
        Attempt attempt = RIG.awaitAttempts(event, 1).get(0);
        assertThat(attempt.ending()).isEqualTo(Ending.DELIVERED);
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(attempt.status()).isEqualTo(200);
        assertThat(RIG.owed(instance)).isZero();
    }

    @Test
    void delivers45ItemsAsThreeNotifications() {
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 45);

        assertThat(receiver.awaitRequests(3))
                .extracting(request -> request.header("webhook-id"))
                .doesNotHaveDuplicates();
        assertThat(RIG.awaitAttempts(event, 3)).allMatch(attempt -> attempt.ending() == Ending.DELIVERED);
    }

    @Test
    void deliversToEveryEndpoint() {
        try (Receiver other = new Receiver()) {
            RIG.append(RIG.instance(PLAIN, receiver.url(), other.url()), "{}", 1);

            receiver.awaitRequests(1);
            await().atMost(GUARD).until(() -> other.received().size() == 1);
        }
    }

    @Test
    void deactivatesTheEndpointThatAnswers410AndParksWhatFollows() {
        receiver.answers(410);
        Instance instance = RIG.instance(PLAIN, receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);

        assertThat(RIG.awaitAttempts(event, 1)).extracting(Attempt::ending).containsExactly(Ending.GONE);
        assertThat(RIG.reread(instance).endpoints())
                .extracting(Endpoint::state)
                .containsExactly(Endpoint.State.DEACTIVATED);

        await().atMost(GUARD).until(() -> {
            // What was taken in before this node knew of the stop is owed, not sent.
            RIG.append(instance, "{}", 1);
            return RIG.owed(instance) > 0;
        });
    }

    @Test
    void callsAnEndpointNoMoreThanItsLimitAtOnceAndLosesNothing() {
        receiver.answers(response ->
                Mono.delay(Duration.ofMillis(20)).then(response.send().then()));
        Instance instance = RIG.instance(PLAIN, receiver.url());

        for (int i = 0; i < 60; i++) {
            RIG.append(instance, "{}", 20 * 3);
        }

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 180);
        assertThat(receiver.ids()).hasSize(180);
        assertThat(receiver.atOnceMost()).isBetween(2, 8);
        assertThat(RIG.owed(instance)).isZero();
    }

    /** Claims come before the endpoint's own limit is known, as after a restart. */
    @Test
    void callsAnEndpointNoMoreThanItsOwnLimitAtOnceWhenMuchIsOwed() {
        int owed = 40;
        receiver.answers(response ->
                Mono.delay(Duration.ofMillis(20)).then(response.send().then()));
        Instance instance = RIG.instance(Map.of("event.notification.concurrency", "1"), receiver.url());
        RIG.setDisabled(instance, true);
        RIG.appendMany(instance, owed);
        await().atMost(GUARD).until(() -> RIG.owed(instance) + RIG.delivered(instance) == owed);

        RIG.setDisabled(instance, false);
        await().atMost(GUARD).until(() -> {
            RIG.client()
                    .sql("UPDATE owed_delivery SET due_at = now() WHERE instance_id = :id AND claims = 0")
                    .bind("id", instance.id())
                    .then()
                    .block(GUARD);
            return RIG.owed(instance) == 0;
        });

        assertThat(receiver.ids()).hasSize(owed);
        assertThat(receiver.atOnceMost()).isEqualTo(1);
    }

    @Test
    void callsAnEndpointWhileAllOthersOfItsEventHang() {
        try (Receiver hanging = new Receiver()) {
            hanging.answers(response -> Mono.never());
            String[] urls = IntStream.rangeClosed(1, 20)
                    .mapToObj(each -> each == 20 ? receiver.url() : hanging.url() + each)
                    .toArray(String[]::new);
            Instance instance = RIG.instance(PLAIN, urls);

            CommittedEvent event = RIG.append(instance, "{}", 1);

            receiver.awaitRequests(1);
            assertThat(RIG.attempts(event.id()))
                    .as("those that hang have not even been given up")
                    .noneMatch(attempt -> attempt.ending() == null);
        }
    }

    @Test
    void callsAnEndpointNoMoreOftenInAnySecondThanItsLimitAndLosesNothing() {
        int limit = 20;
        int all = 3 * limit;
        List<Long> arrived = Collections.synchronizedList(new ArrayList<>());
        receiver.answers(response -> {
            arrived.add(System.nanoTime());
            return response.send().then();
        });
        Instance instance =
                RIG.instance(Map.of("event.notification.rate.limit", String.valueOf(limit)), receiver.url());

        RIG.appendMany(instance, all);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == all);
        assertThat(receiver.ids()).hasSize(all);
        List<Long> sorted = arrived.stream().sorted().toList();
        assertThat(IntStream.range(0, sorted.size() - limit)
                        .mapToObj(call -> Duration.ofNanos(sorted.get(call + limit) - sorted.get(call))))
                .as("from a call to the one that is a second's worth later")
                .allMatch(apart -> apart.compareTo(Duration.ofSeconds(1)) >= 0);
    }

    @Test
    void survivesACallbackItDoesNotUnderstand() {
        Instance instance =
                RIG.instance(Map.of("event.notification.callback.headers", "Host: elsewhere"), receiver.url());
        CommittedEvent event = RIG.append(instance, "{}", 1);

        assertThat(RIG.awaitAttempts(event, 1)).extracting(Attempt::outcome).contains("misconfigured");
        assertThat(receiver.received()).isEmpty();

        RIG.change(instance, PLAIN, receiver.url());
        receiver.awaitRequests(1);
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(UTF_8)));
    }

    private static void verify(Receiver.Received request) throws Exception {
        Map<String, List<String>> headers = request.headers().entries().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.of(header.getValue())));
        new Webhook(Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)))
                .verify(request.body(), java.net.http.HttpHeaders.of(headers, (name, value) -> true));
    }
}
