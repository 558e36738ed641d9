package dev.sluice.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.gateway.provisioning.WebhookAddress;
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
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EventApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BODY = "{\"ref\": \"refs/heads/m\u00e4in\"}";
    private static final ApiServer SERVER = ApiServer.start("--sluice.public-url=https://hooks.example/");
    private static final Node NODE = new Node(SERVER.database(), "test");
    private static final EventLog EVENTS = new EventLog(NODE, Duration.ofDays(3), event -> {}, 1);
    private static final OutcomeLog OUTCOMES = new OutcomeLog(NODE);

    private final WebTestClient client = SERVER.as(ApiServer.CALLER);
    private Instance instance;

    @BeforeAll
    static void start() {
        NODE.start().block(PATIENCE);
        EVENTS.start();
        OUTCOMES.start();
    }

    @AfterAll
    static void stop() {
        OUTCOMES.close();
        EVENTS.close();
        NODE.close();
        SERVER.close();
    }

    @BeforeEach
    void createInstance() {
        JsonNode created = json(client.post()
                .uri("/instances")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"element": {"key": "github"}, "name": "x", "configuration": {
                          "github.organization": "acme", "github.repository": "shop",
                          "event.notification.callback.url": "https://a.example/hook"}}""")
                .exchange());
        instance = Objects.requireNonNull(SERVER.part(InstanceRepository.class)
                .find(created.get("id").asLong())
                .block(PATIENCE));
    }

    @Test
    void tellsTheEncodedIdBeforeAnyEventIsThere() {
        ResponseSpec answer =
                client.get().uri("/instances/{id}/events", instance.id()).exchange();

        String encodedId = WebhookAddress.encodedId(instance.id());
        answer.expectHeader().valueEquals("Elements-Encoded-Id", encodedId);
        answer.expectHeader()
                .valueEquals(
                        "Elements-Webhook-Url", "https://hooks.example/elements/api-v2/events/github/" + encodedId);
        assertThat(json(answer)).isEmpty();
    }

    @Test
    void showsAnEventInTheOriginalsShape() {
        EventId id = append("one");

        JsonNode event =
                json(client.get().uri("/instances/events/{event}", id.encoded()).exchange());

        assertThat(event.get("id").asString()).isEqualTo(id.encoded());
        assertThat(event.get("eventDate").asString()).matches("20.*Z");
        assertThat(event.get("status").asString()).isEqualTo("RECEIVED");
        assertThat(event.get("providerData").asString()).isEqualTo(BODY);
        assertThat(event.get("encodedId").asString()).isEqualTo(WebhookAddress.encodedId(instance.id()));
        assertThat(event.get("notifiedData").get(0).get("objectId").asString()).isEqualTo("one");
        assertThat(event.get("eventElementInstances")
                        .get(0)
                        .get("notifiedData")
                        .get("events")
                        .get(0)
                        .get("eventType")
                        .asString())
                .isEqualTo("UPDATED");
        assertThat(json(client.get()
                        .uri("/instances/{id}/events/{event}/", instance.id(), id.encoded())
                        .exchange()))
                .isEqualTo(event);
    }

    @Test
    void tellsWhatBecameOfTheDelivery() {
        DeliveryId delivered = delivery(append("delivered"));
        DeliveryId failing = delivery(append("failing"));
        DeliveryId failed = delivery(append("failed"));
        record(new Outcome.Ended(attempt(delivered, Ending.DELIVERED, 200)));
        record(new Outcome.Owed(failing, attempt(failing, null, 502), Duration.ofHours(1)));
        record(new Outcome.Ended(attempt(failed, Ending.GONE, 410)));

        assertThat(json(client.get()
                        .uri("/instances/{id}/events", instance.id())
                        .exchange()))
                .extracting(event -> event.get("status").asString())
                .containsExactly("FAILED", "DISPATCHED", "NOTIFIED");
        JsonNode attempt = json(client.get()
                        .uri(
                                "/instances/{id}/events/{event}/attempts",
                                instance.id(),
                                failing.eventId().encoded())
                        .exchange())
                .get(0);
        assertThat(attempt.get("webhookId").asString()).isEqualTo(failing.encoded());
        assertThat(attempt.get("url").asString()).isEqualTo("https://a.example/hook");
        assertThat(attempt.get("attempt").asInt()).isOne();
        assertThat(attempt.get("status").asInt()).isEqualTo(502);
        assertThat(attempt.get("ending").isNull()).isTrue();
        assertThat(attempt.get("response").asString()).isEqualTo("Bad Gateway");
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        List<String> ids = List.of(
                append("1").encoded(), append("2").encoded(), append("3").encoded());

        ResponseSpec first = client.get()
                .uri("/instances/{id}/events?pageSize=2", instance.id())
                .exchange();
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        ResponseSpec last = client.get()
                .uri("/instances/{id}/events?pageSize=2&nextPage={next}", instance.id(), next)
                .exchange();

        assertThat(next).isEqualTo(ids.get(1));
        last.expectHeader().doesNotExist("Elements-Next-Page-Token");
        assertThat(json(last)).extracting(event -> event.get("id").asString()).containsExactly(ids.get(0));
    }

    @Test
    void keepsAPageAsShortAsItsBodiesAreLong() {
        byte[] large = " ".repeat(9 * 1024 * 1024).getBytes(UTF_8);
        append("1", large);
        append("2", large);
        append("3", large);

        ResponseSpec answer = SERVER.as(ApiServer.CALLER)
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                .build()
                .get()
                .uri("/instances/{id}/events", instance.id())
                .exchange();

        answer.expectHeader().valueEquals("Elements-Returned-Count", "2");
        answer.expectHeader().exists("Elements-Next-Page-Token");
        assertThat(json(answer)).hasSize(2);
    }

    @Test
    void hidesEventsFromOtherOrganizationsAndUnderOtherInstances() {
        String event = append("secret").encoded();
        WebTestClient stranger = SERVER.as(ApiServer.STRANGER);

        for (String path : List.of(
                "/instances/events/" + event,
                "/instances/" + instance.id() + "/events",
                "/instances/" + instance.id() + "/events/" + event,
                "/instances/" + instance.id() + "/events/" + event + "/attempts")) {
            stranger.get().uri(path).exchange().expectStatus().isNotFound();
        }
        long first = instance.id();
        createInstance();
        assertThat(instance.id()).isNotEqualTo(first);
        client.get()
                .uri("/instances/{id}/events/{event}", instance.id(), event)
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get().uri("/instances/events/nonsense").exchange().expectStatus().isNotFound();
    }

    private EventId append(String providerId) {
        return append(providerId, BODY.getBytes(UTF_8));
    }

    private EventId append(String providerId, byte[] body) {
        EventDraft draft = new EventDraft(
                instance.id(),
                instance.activeEndpointIds(),
                "application/json",
                Map.of(),
                new Body(body),
                List.of(new EventItem(
                        "push", providerId, "UPDATED", NODE.clock().now(), Map.of("ref", "main"))),
                new Dedupe.ByWebhook(List.of(providerId)),
                null);
        Appended appended =
                Objects.requireNonNull(EVENTS.append(draft, () -> {}).block(PATIENCE));
        assertThat(appended).isInstanceOf(Appended.Stored.class);
        return ((Appended.Stored) appended).event().id();
    }

    private DeliveryId delivery(EventId event) {
        return new DeliveryId(event, instance.activeEndpointIds().get(0), 0);
    }

    private static void record(Outcome outcome) {
        OUTCOMES.record(outcome).block(PATIENCE);
    }

    private static Attempt attempt(DeliveryId delivery, @Nullable Ending ending, int status) {
        return new Attempt(
                delivery,
                1,
                delivery.eventId().receivedAt(),
                ending == Ending.DELIVERED ? "success" : "refused",
                ending,
                status,
                Duration.ofMillis(7),
                ending == Ending.DELIVERED ? null : new Body("Bad Gateway".getBytes(UTF_8)),
                null);
    }

    private static JsonNode json(ResponseSpec answer) {
        byte[] body = answer.expectStatus().isOk().expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }
}
