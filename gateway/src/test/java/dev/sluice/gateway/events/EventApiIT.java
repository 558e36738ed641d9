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
