package dev.sluice.gateway.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.redelivery.Inbox;
import dev.sluice.gateway.redelivery.SendingGateway;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notifications and the subscriptions they go to. */
final class NotificationIT extends NotificationRig {
    NotificationIT(SendingGateway gateway) {
        super(gateway);
    }

    @Test
    void listsNotificationsByTopicAndRemembersWhichAreAcknowledged() {
        gateway.send(instance);
        gateway.send(instance);
        gateway.send(instance);
        await().atMost(PATIENCE).until(() -> inbox.ids().size() == 3);
        String topics = NOTIFICATIONS + "?topics%5B%5D=" + topic();

        JsonNode all = gateway.get(topics);
        assertThat(all).hasSize(3);
        assertThat(walk(topics + "&pageSize=2", "id")).isEqualTo(texts(all, "id"));
        assertThat(texts(all, "id")).containsExactlyInAnyOrderElementsOf(inbox.ids());
        JsonNode first = all.get(0);
        assertThat(first.get("topic").asString()).isEqualTo(topic());
        assertThat(first.get("severity").asString()).isEqualTo("medium");
        assertThat(first.at("/message/raw/ref").asString()).isEqualTo("refs/heads/main");
        assertThat(first.get("active").asBoolean()).isTrue();
        assertThat(first.get("acknowledged").asBoolean()).isFalse();

        String one = NOTIFICATIONS + "/" + first.get("id").asString();
        assertThat(gateway.get(one)).isEqualTo(first);
        assertThat(gateway.put(one + "/acknowledge").get("acknowledged").asBoolean())
                .isTrue();
        assertThat(gateway.get(topics))
                .extracting(each -> each.get("acknowledged").asBoolean())
                .containsExactly(true, false, false);
    }

    @Test
    void listsAndTakesAwaySubscriptions() {
        try (Inbox other = new Inbox()) {
            gateway.setCallback(instance, inbox.url() + ", " + other.url());
            List<String> mine = subscriptionsOf(instance);
            assertThat(mine).hasSize(2);
            assertThat(walk(SUBSCRIPTIONS + "?pageSize=1", "id"))
                    .isEqualTo(texts(gateway.get(SUBSCRIPTIONS), "id"))
                    .containsAll(mine);
            String first = SUBSCRIPTIONS + "/" + mine.get(0);
            assertThat(gateway.get(first).get("channel").asString()).isEqualTo("webhook");
            assertThat(gateway.get(first).at("/topics/0").asString()).isEqualTo(topic());

            gateway.exchange(HttpMethod.DELETE, first).expectStatus().isOk();

            gateway.exchange(HttpMethod.GET, first).expectStatus().isNotFound();
            gateway.exchange(HttpMethod.DELETE, first).expectStatus().isNotFound();
            gateway.send(instance);
            await().atMost(PATIENCE).until(() -> other.ids().size() == 1);
            assertThat(inbox.ids()).isEmpty();
            gateway.send(HttpMethod.PATCH, "/instances/" + instance, "{\"name\": \"another\"}");
            assertThat(subscriptionsOf(instance)).isEqualTo(mine.subList(1, 2));
        }
    }

    @Test
    void endsWhatWasQueuedForASubscriptionThatIsTakenAway() {
        inbox.answers(500);
        gateway.send(instance);
        JsonNode waiting = awaitOne("retry");

        gateway.exchange(
                        HttpMethod.DELETE,
                        SUBSCRIPTIONS + "/" + waiting.get("subscriptionId").asString())
                .expectStatus()
                .isOk();

        awaitStatus(waiting, "failed");
        assertThat(gateway.get("/instances/" + instance)
                        .at("/configuration")
                        .path("event.notification.callback.url")
                        .isNull())
                .isTrue();
        assertThat(gateway.get(pathOf(waiting) + "?hydrate=true")
                        .get("subscription")
                        .isNull())
                .isTrue();
    }

    @Test
    void hidesAllOfItFromOtherOrganizations() {
        gateway.send(instance);
        await().atMost(PATIENCE).until(() -> inbox.ids().size() == 1);
        WebTestClient stranger = gateway.as(stranger());

        for (String path : List.of(
                NOTIFICATIONS + "?topics%5B%5D=" + topic(),
                SUBSCRIPTIONS,
                DELIVERIES,
                where("status='delivered'"),
                where("config.url='" + inbox.url() + "'"))) {
            stranger.get()
                    .uri(URI.create(gateway.base() + path))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json("[]");
        }
        stranger.put()
                .uri(URI.create(gateway.base() + where("config.url='" + inbox.url() + "'")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GET | /notifications | 400 | topics[]: nothing (expected: topics such as instance-{id}-{element}-events)",
                "GET | /notifications?topics[]=instance-1-github-events&nextPage=x | 400 | nextPage: no token",
                "GET | /notifications/-1 | 404 | No notification found",
                "GET | /notifications/subscriptions/-1 | 404 | No subscription found",
                "GET | /notifications/subscriptions/x | 404 | No subscription found",
                "GET | /notifications/subscriptions?pageSize=0 | 400 | pageSize: 0 (expected: 1..200)",
                "GET | /notifications/subscriptions/deliveries?where=x | 400 | where: x at column 1 (expected: one of channel,",
                "PUT | /notifications/subscriptions/deliveries | 400 | where: nothing (expected: what is to be sent",
                "PUT | /notifications/subscriptions/deliveries?where=status='delivered' | 400 | where: status 'delivered' (expected:",
                "POST | /notifications/subscriptions | 405 | "
            })
    void refusesWhatItCannotRead(String method, String path, int status, String message) {
        EntityExchangeResult<byte[]> answer = gateway.exchange(
                        HttpMethod.valueOf(method), path.replace("[", "%5B").replace("]", "%5D"))
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult();
        assertThat(read(answer).get("message").asString()).startsWith(message == null ? "" : message);
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(gateway.get(NOTIFICATIONS + "?topics%5B%5D=instance-1-github-events"))
                .isEmpty();
        assertThat(gateway.get(NOTIFICATIONS + "?topics%5B%5D=whatever")).isEmpty();
        assertThat(gateway.get(where("channel='email'"))).isEmpty();
        assertThat(gateway.put(where("config.url='http://nobody.example/'"))).isEmpty();
    }

    private String topic() {
        return "instance-" + instance + "-github-events";
    }

    private List<String> subscriptionsOf(String instance) {
        return StreamSupport.stream(gateway.get(SUBSCRIPTIONS).spliterator(), false)
                .filter(each -> each.get("instanceId").asString().equals(instance))
                .map(each -> each.get("id").asString())
                .toList();
    }

    private String stranger() {
        JsonNode organization = gateway.send(HttpMethod.POST, "/organizations", "{\"name\": \"other\"}");
        JsonNode user = gateway.send(
                HttpMethod.POST, "/users", """
                {"organizationId": %s, "emailAddress": "o@example.com", "firstName": "O", "lastName": "x"}""".formatted(organization.get("id").asString()));
        return "User " + user.get("secret").asString() + ", Organization "
                + organization.get("secret").asString();
    }

    private List<String> walk(String path, String field) {
        List<String> seen = new ArrayList<>();
        String token = "";
        while (token != null) {
            EntityExchangeResult<byte[]> page = gateway.exchange(HttpMethod.GET, path + "&nextPage=" + token)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult();
            seen.addAll(texts(read(page), field));
            token = page.getResponseHeaders().getFirst("Elements-Next-Page-Token");
        }
        return seen;
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.get(field).asString())
                .toList();
    }

    private static JsonNode read(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(answer.getResponseBody()));
    }
}
