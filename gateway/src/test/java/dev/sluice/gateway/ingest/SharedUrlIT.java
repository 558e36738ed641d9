package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.ingest.CallbackServer.Notification;
import dev.sluice.gateway.ingest.GatewayClient.Instance;
import dev.sluice.gateway.planted.Planted;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedUrlIT extends OverHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AfterEach
    void nothingIsHeld() {
        await().atMost(PATIENCE).until(() -> held() == 0);
    }

    @Test
    void bringsAPushToThoseWhoseKeyItProves() {
        Instance right = github("tides", Planted.secret("right-key"));
        Instance twin = github("TIDES", Planted.secret("right-key"));
        Instance wrong = github("acme/tides", Planted.secret("wrong-key"));
        Instance other = github("other", Planted.secret("right-key"));

        assertThat(push("tides", "1", Planted.secret("right-key")).statusCode()).isEqualTo(200);
        assertThat(push("tides", "1", Planted.secret("right-key")).statusCode()).isEqualTo(200);
        assertThat(push("tides", "2", Planted.secret("wrong-key")).statusCode()).isEqualTo(200);

        callback.await(right.id(), 1);
        callback.await(twin.id(), 1);
        callback.await(wrong.id(), 1);
        assertThat(callback.of(other.id())).isEmpty();
    }

    @Test
    void refusesAPushThatNoKeyProves() {
        Instance first = github("reefs", Planted.secret("first-key"));
        Instance second = github("reefs", Planted.secret("second-key"));

        HttpResponse<String> refused = push("reefs", "1", Planted.secret("third-key"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .contains("X-Hub-Signature-256: does not match")
                .doesNotContain(Planted.secret("first-key"));
        assertThat(callback.of(first.id())).isEmpty();
        assertThat(callback.of(second.id())).isEmpty();
    }

    @Test
    void saysThatNobodyIsMeant() {
        for (String body : List.of(pushOf("nobodys"), "{\"zen\":1}")) {
            HttpResponse<String> lost = client.postJson(client.sharedUrl("github"), body);
            assertThat(lost.statusCode()).isEqualTo(404);
            assertThat(lost.body()).contains("Shared webhook URL: no instance of this element is meant");
        }
        assertThat(client.postJson(client.sharedUrl("gitlab"), "{}").body()).contains("element: unknown");
        assertThat(client.postJson(client.sharedUrl("greenhouse"), "{\"action\":\"x\",\"payload\":{}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.postJson(client.sharedUrl("github"), "{\"zen\"").statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersHandshakesThatNameNobody() {
        assertThat(client.get(client.sharedUrl("mailchimpv3")).statusCode()).isEqualTo(200);
        assertThat(client.get(client.sharedUrl("mailchimpv3") + "/").statusCode())
                .isEqualTo(200);
        assertThat(client.postJson(
                                client.sharedUrl("hootsuite"),
                                "[{\"type\":\"com.hootsuite.ping.event.v1\",\"data\":{}}]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(
                                client.sharedUrl("github"),
                                pushOf("nobodys").getBytes(UTF_8),
                                "Content-Type",
                                "application/json",
                                "X-GitHub-Event",
                                "ping")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void followsAnInstanceThatChangesItsRepository() {
        Instance moved = github("before", Planted.secret("key"));

        client.configure(moved, Map.of("github.repository", "after"));

        assertThat(push("before", "1", Planted.secret("key")).statusCode()).isEqualTo(404);
        assertThat(push("after", "2", Planted.secret("key")).statusCode()).isEqualTo(200);
        callback.await(moved.id(), 1);
    }

    @Test
    void findsAnInstanceByItsOwnFinder() {
        Instance instance = client.provision(
                "greenhouse",
                callback,
                Map.of(
                        "team", "sales, research",
                        "event.notification.instance.finder", "team|payload.team.name"));
        String body = "{\"action\":\"hire_candidate\",\"payload\":{\"team\":{\"name\":\"Research\"}}}";

        assertThat(client.postJson(client.sharedUrl("greenhouse"), body).statusCode())
                .isEqualTo(200);
        assertThat(client.postJson(client.sharedUrl("greenhouse"), body.replace("Research", "legal"))
                        .statusCode())
                .isEqualTo(404);

        callback.await(instance.id(), 1);
    }

    @Test
    void showsEachOrganizationOfABatchItsOwnEventsOnly() {
        Instance first = client.provision("hootsuite", callback, Map.of("hootsuite.organization.id", "1"));
        Instance second = client.provision("hootsuite", callback, Map.of("hootsuite.organization.id", "2"));
        String ofFirst = message("11", "1");
        String ofSecond = message("22", "2");

        assertThat(client.postJson(
                                client.sharedUrl("hootsuite"),
                                "[" + ofFirst + "," + ofSecond + "," + message("33", "3") + "]")
                        .statusCode())
                .isEqualTo(200);

        Notification toFirst = callback.await(first.id(), 1).get(0);
        Notification toSecond = callback.await(second.id(), 1).get(0);
        assertThat(toFirst.body()).contains("\"raw\":[" + ofFirst + "]").doesNotContain("\"22\"", "\"33\"");
        assertThat(toSecond.body()).contains("\"raw\":[" + ofSecond + "]").doesNotContain("\"11\"", "\"33\"");
        assertThat(toFirst.items()).hasSize(1);
    }

    @Test
    void findsBoxUsersInAQueryAndMailchimpAudiencesInAForm() {
        Instance box = client.provision("box", callback, Map.of("oauth.user.id", "226067247"));
        Instance mailchimp = client.provision("mailchimpv3", callback, Map.of("events.list.ids", "zzz, a6b5da1054"));

        assertThat(client.get(client.sharedUrl("box")
                                + "?userId=%5B%22226067247%22%5D&event=deleted&itemId=8&itemType=folder")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(
                                client.sharedUrl("mailchimpv3"),
                                GatewayClient.golden("mailchimpv3", "subscribe.form"),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(200);

        assertThat(callback.await(box.id(), 1).get(0).items())
                .singleElement()
                .asString()
                .startsWith("folder 8 DELETED ");
        assertThat(callback.await(mailchimp.id(), 1).get(0).items())
                .singleElement()
                .asString()
                .startsWith("members 8a25ff1d98 CREATED ");
    }

    private static Instance github(String repository, String key) {
        return client.provision(
                "github",
                callback,
                Map.of(
                        "github.organization", "acme",
                        "github.repository", repository,
                        "event.vendor.signature.key", key));
    }

    private static HttpResponse<String> push(String repository, String delivery, String key) {
        byte[] body = pushOf(repository).getBytes(UTF_8);
        return client.post(
                client.sharedUrl("github"),
                body,
                "Content-Type",
                "application/json",
                "X-GitHub-Event",
                "push",
                "X-GitHub-Delivery",
                repository + delivery,
                "X-Hub-Signature-256",
                "sha256=" + Signed.hex(key, body));
    }

    private static String pushOf(String repository) {
        return "{\"ref\":\"refs/heads/main\",\"after\":\"59b20b8d\",\"repository\":{\"id\":1,\"full_name\":\"Acme/"
                + repository + "\"}}";
    }

    private static String message(String id, String organization) {
        return "{\"seq_no\":\"" + id + organization + "\",\"type\":\"com.hootsuite.messages.event.v1\",\"data\":"
                + "{\"state\":\"SENT\",\"organization\":{\"id\":\"" + organization + "\"},\"message\":{\"id\":\"" + id
                + "\"}, \"timestamp\":\"2026-03-05T10:11:12.555Z\"}}";
    }
}
