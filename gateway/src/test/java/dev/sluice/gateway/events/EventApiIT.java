package dev.sluice.gateway.events;

import static dev.sluice.gateway.events.EventRig.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Instance;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

final class EventApiIT {
    private static final EventRig RIG = new EventRig();

    private final WebTestClient client = RIG.as(ApiServer.CALLER);
    private Instance instance;

    @AfterAll
    static void stop() {
        RIG.close();
    }

    @BeforeEach
    void createInstance() {
        instance = RIG.instance();
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
        assertThat(event.get("providerData").asString()).isEqualTo(EventRig.BODY);
        assertThat(event.get("encodedId").asString()).isEqualTo(WebhookAddress.encodedId(instance.id()));
        assertThat(event.get("notifiedData").get(0).get("objectId").asString()).isEqualTo("one");
        assertThat(event.get("notifiedData").get(0).get("attributes").toString())
                .isEqualTo("{\"ref\":\"main\"}");
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
        EventId delivered = append("delivered");
        EventId failing = append("failing");
        EventId failed = append("failed");
        RIG.end(instance, delivered, Ending.DELIVERED);
        RIG.owe(instance, failing);
        RIG.end(instance, failed, Ending.GONE);

        assertThat(json(client.get()
                        .uri("/instances/{id}/events", instance.id())
                        .exchange()))
                .extracting(event -> event.get("status").asString())
                .containsExactly("FAILED", "DISPATCHED", "NOTIFIED");
        JsonNode attempt = json(client.get()
                        .uri("/instances/{id}/events/{event}/attempts", instance.id(), failing.encoded())
                        .exchange())
                .get(0);
        assertThat(attempt.get("webhookId").asString())
                .isEqualTo(EventRig.delivery(instance, failing).encoded());
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

        last.expectHeader().doesNotExist("Elements-Next-Page-Token");
        assertThat(json(last)).extracting(event -> event.get("id").asString()).containsExactly(ids.get(0));
    }

    @Test
    void tellsTheEncodedIdWheneverOneInstanceIsMeant() {
        String encodedId = WebhookAddress.encodedId(instance.id());
        String other = append("of another").encoded();
        createInstance();
        append("its own");

        for (ResponseSpec answer : List.of(
                client.get()
                        .uri("/instances/events?instanceId={id}", instance.id())
                        .exchange(),
                RIG.as(ApiServer.CALLER + ", Element " + instance.token())
                        .get()
                        .uri("/instances/events")
                        .exchange())) {
            answer.expectHeader().valueEquals("Elements-Encoded-Id", WebhookAddress.encodedId(instance.id()));
            answer.expectHeader().exists("Elements-Webhook-Url");
            assertThat(json(answer))
                    .extracting(event -> event.get("encodedId").asString())
                    .doesNotContain(encodedId)
                    .isNotEmpty();
        }
        client.get()
                .uri("/instances/events/{event}", other)
                .exchange()
                .expectHeader()
                .valueEquals("Elements-Encoded-Id", encodedId);
    }

    @Test
    void listsAttemptsPageByPage() {
        EventId event = append("failing");
        RIG.owe(instance, event);
        RIG.again(instance, event, 2);
        RIG.again(instance, event, 3);
        String path = "/instances/" + instance.id() + "/events/" + event.encoded() + "/attempts";

        ResponseSpec first = client.get().uri(path + "?pageSize=2").exchange();
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        ResponseSpec last =
                client.get().uri(path + "?pageSize=2&nextPage={next}", next).exchange();

        last.expectHeader().doesNotExist("Elements-Next-Page-Token");
        last.expectHeader().valueEquals("Elements-Returned-Count", "1");
        assertThat(json(last)).extracting(each -> each.get("attempt").asInt()).containsExactly(3);
        client.get().uri(path + "?nextPage=x").exchange().expectStatus().isBadRequest();
    }

    @Test
    void saysInWordsWhatBecameOfEvents() {
        EventId delivered = append("delivered");
        EventId failing = append("failing");
        EventId gone = append("gone");
        RIG.end(instance, delivered, Ending.DELIVERED);
        RIG.owe(instance, failing);
        RIG.end(instance, gone, Ending.GONE);

        ResponseSpec answer = client.get()
                .uri("/instances/events/dispositions?instanceId={id}&pageSize=3", instance.id())
                .exchange();

        JsonNode all = json(answer);
        assertThat(all)
                .extracting(each -> each.get("eventId").asString())
                .containsExactly(gone.encoded(), failing.encoded(), delivered.encoded());
        assertThat(all)
                .extracting(each -> each.get("elementInstanceId").asLong())
                .containsOnly(instance.id());
        assertThat(all)
                .extracting(each -> each.at("/notificationData/0/message").asString())
                .satisfiesExactly(
                        message -> assertThat(message)
                                .startsWith("Error delivering event " + gone + " to https://a.example/hook: refused")
                                .contains("410", "attempt 1 at ", "Given up"),
                        message -> assertThat(message)
                                .startsWith("Error delivering event " + failing)
                                .contains("502", "Another attempt follows"),
                        message -> assertThat(message)
                                .startsWith("Delivered event " + delivered)
                                .contains("200"));
        assertThat(json(client.get()
                        .uri("/instances/events/dispositions?status=FAILED&instanceId={id}", instance.id())
                        .exchange()))
                .hasSize(1);
        assertThat(json(RIG.as(ApiServer.STRANGER)
                        .get()
                        .uri("/instances/events/dispositions")
                        .exchange()))
                .isEmpty();
    }

    @Test
    void keepsAPageAsShortAsItsBodiesAreLong() {
        byte[] large = " ".repeat(9 * 1024 * 1024).getBytes(UTF_8);
        append("1", large);
        append("2", large);
        append("3", large);

        ResponseSpec answer = RIG.as(ApiServer.CALLER)
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
        WebTestClient stranger = RIG.as(ApiServer.STRANGER);

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

    private EventId append(String objectId) {
        return RIG.append(instance, RIG.item("push", objectId, "UPDATED"));
    }

    private EventId append(String objectId, byte[] body) {
        return RIG.append(instance, body, RIG.item("push", objectId, "UPDATED"));
    }
}
