package dev.sluice.gateway.ingest;

import static dev.sluice.gateway.ingest.GatewayClient.golden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ingest.CallbackServer.Notification;
import dev.sluice.gateway.ingest.GatewayClient.Instance;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.process.WallClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real webhook of each provider, signed as it signs, from its HTTP request to the customer's callback. */
final class FiveProvidersIT extends OverHttp {
    private static final String URL_SECRET = Planted.secret("in-the-url");
    private static final String KEY = Planted.secret("vendor");
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void bringsAGitHubPullRequest() {
        byte[] body = golden("github", "pull_request.opened.json");
        Instance instance = provision(
                "github",
                Map.of("github.organization", "acme", "github.repository", "shop", "event.vendor.signature.key", KEY));

        assertTaken(
                instance,
                body,
                "Content-Type",
                JSON,
                "User-Agent",
                "GitHub-Hookshot/044aadd",
                "X-GitHub-Event",
                "pull_request",
                "X-GitHub-Delivery",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                "X-Hub-Signature-256",
                "sha256=" + Signed.hex(KEY, body));

        assertRawIs(body, assertItems(instance, row("github", "pull_request.opened.json")));
    }

    @Test
    void bringsABoxUploadWhicheverKeyIsCurrent() {
        byte[] body = golden("box", "file.uploaded.json");
        Instance instance = provision("box", Map.of("event.vendor.signature.key", Planted.secret("old") + "\n" + KEY));
        String time = Instant.ofEpochSecond(unixSeconds()).toString();

        assertTaken(
                instance,
                body,
                "Content-Type",
                JSON,
                "BOX-DELIVERY-ID",
                "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f",
                "BOX-DELIVERY-TIMESTAMP",
                time,
                "BOX-SIGNATURE-VERSION",
                "1",
                "BOX-SIGNATURE-ALGORITHM",
                "HmacSHA256",
                "BOX-SIGNATURE-PRIMARY",
                Signed.base64("HmacSHA256", Planted.secret("another"), body, time.getBytes(UTF_8)),
                "BOX-SIGNATURE-SECONDARY",
                Signed.base64("HmacSHA256", KEY, body, time.getBytes(UTF_8)));

        assertRawIs(body, assertItems(instance, row("box", "file.uploaded.json")));
    }

    @Test
    void bringsAHootsuiteMessage() {
        byte[] body = golden("hootsuite", "messages.sent.json");
        Instance instance = provision("hootsuite", Map.of("event.vendor.signature.key", KEY));

        assertTaken(
                instance, body, "Content-Type", JSON, "X-Hootsuite-Signature", Signed.base64("HmacSHA512", KEY, body));

        assertRawIs(body, assertItems(instance, row("hootsuite", "messages.sent.json")));
    }

    @Test
    void bringsABatchObjectByObjectToWhoAsksForOrder() {
        byte[] body = HootsuiteBatch.of("1 m1 SENT", "2 m2 SENT", "3 m1 DELETED", "1 m1 SENT");
        Instance instance = provision(
                "hootsuite", Map.of("event.vendor.signature.key", KEY, "event.notification.ordering", "Object"));

        assertThat(client.post(
                                instance.webhookUrl(),
                                body,
                                "Content-Type",
                                JSON,
                                "X-Hootsuite-Signature",
                                Signed.base64("HmacSHA512", KEY, body))
                        .statusCode())
                .isEqualTo(200);

        List<Notification> notifications = callback.await(instance.id(), 2);
        String date = "2026-03-05T10:11:12Z";
        assertThat(notifications)
                .extracting(Notification::items)
                .containsExactlyInAnyOrder(
                        List.of("messages m1 UPDATED " + date, "messages m1 DELETED " + date),
                        List.of("messages m2 UPDATED " + date));
        assertThat(notifications).allSatisfy(notification -> assertRawIs(body, notification));
    }

    @Test
    void bringsAGreenhouseHire() {
        byte[] body = golden("greenhouse", "hire_candidate.json");
        Instance instance =
                provision("greenhouse", Map.of("event.vendor.signature.key", Planted.secret("other") + "\n" + KEY));

        assertTaken(
                instance,
                body,
                "Content-Type",
                JSON,
                "Greenhouse-Event-ID",
                "1234567890",
                "Signature",
                "sha256 " + Signed.hex(KEY, body));

        assertRawIs(body, assertItems(instance, row("greenhouse", "hire_candidate.json")));
    }

    @Test
    void bringsAMailchimpSubscription() {
        byte[] body = golden("mailchimpv3", "subscribe.form");
        Instance instance = provision(
                "mailchimpv3", Map.of("event.vendor.signature.key", KEY, "event.vendor.url.secret", URL_SECRET));
        Instance withSecret = new Instance(instance.id(), instance.webhookUrl() + "?secret=" + URL_SECRET);
        String time = String.valueOf(unixSeconds());

        assertThat(client.get(instance.webhookUrl()).statusCode()).isEqualTo(200);
        assertThat(client.head(instance.webhookUrl()).statusCode()).isEqualTo(200);
        assertTaken(
                withSecret,
                body,
                "Content-Type",
                FORM,
                "X-Mailchimp-Signature",
                "t=" + time + ",v1=" + Signed.hex(KEY, (time + ".").getBytes(UTF_8), body));

        JsonNode raw = assertItems(instance, row("mailchimpv3", "subscribe.form"))
                .message()
                .path("raw");
        assertThat(raw.path("type").asString()).isEqualTo("subscribe");
        assertThat(raw.path("data").path("email").asString()).isEqualTo("Ada@example.com");
        assertThat(raw.path("data").path("merges").path("ADDRESS").path("city").asString())
                .isEqualTo("Zürich");
        assertThat(raw.path("data")
                        .path("merges")
                        .path("GROUPINGS")
                        .path(1)
                        .path("id")
                        .asString())
                .isEqualTo("2");
    }

    @Test
    void bringsABoxEventThatIsOnlyAQuery() {
        Instance instance = provision("box", Map.of());

        assertThat(client.get(instance.webhookUrl()
                                + "/?userId=%5B%2242%22%5D&event=uploaded&itemId=7&itemType=file&newItemId=")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get(instance.webhookUrl()).statusCode()).isEqualTo(200);

        Notification notification = callback.await(instance.id(), 1).get(0);
        assertThat(notification.items()).singleElement().asString().startsWith("file 7 CREATED ");
        assertThat(notification.body())
                .contains("\"raw\":{\"userId\":\"[\\\"42\\\"]\",\"event\":\"uploaded\",\"itemId\":\"7\","
                        + "\"itemType\":\"file\",\"newItemId\":\"\"}");
    }

    @Test
    void bringsABatchInNotificationsOfTwentyAndThenOnlyWhatIsNew() {
        Instance instance = provision("hootsuite", Map.of());
        String batch = HootsuiteBatch.messages(0, 45);

        assertThat(client.postJson(instance.webhookUrl(), batch).statusCode()).isEqualTo(200);
        List<Notification> parts = callback.await(instance.id(), 3);
        assertThat(parts).extracting(part -> part.items().size()).containsExactlyInAnyOrder(20, 20, 5);
        assertThat(parts.stream().flatMap(part -> part.items().stream()).distinct())
                .hasSize(45);
        assertThat(parts).allSatisfy(part -> assertRawIs(batch.getBytes(UTF_8), part));

        assertThat(client.postJson(instance.webhookUrl(), HootsuiteBatch.messages(43, 46))
                        .statusCode())
                .isEqualTo(200);
        assertThat(callback.await(instance.id(), 4).stream()
                        .filter(part -> part.items().size() == 1)
                        .flatMap(part -> part.items().stream()))
                .singleElement()
                .asString()
                .startsWith("messages 1045 ");
    }

    @Test
    void knowsAGreenhouseRepeatByItsIdAndByItsBody() {
        Instance instance = provision("greenhouse", Map.of());
        String body = "{\"action\":\"job_updated\",\"payload\":{\"job\":{\"id\":1}}}";
        String other = body.replace(":1}", ":2}");

        sendGreenhouse(instance, "first", body);
        sendGreenhouse(instance, "first", other);
        sendGreenhouse(instance, "second", body);
        sendGreenhouse(instance, "third", body.replace(":1}", ":3}"));

        assertThat(callback.await(instance.id(), 2))
                .extracting(notification -> notification.items().get(0).substring(0, 5))
                .containsExactlyInAnyOrder("job 1", "job 3");
    }

    @Test
    void saysWhatTheOwnerHasToDoWhenAProviderEndsItsWebhookOrOurAccess() {
        Instance box = provision("box", Map.of());
        Instance github = provision("github", Map.of("github.organization", "acme", "github.repository", "shop"));
        assertThat(client.warnings(box)).noneMatch(warning -> warning.startsWith("The provider has"));

        client.post(box.webhookUrl(), golden("box", "webhook.deleted.json"), "Content-Type", JSON);
        client.post(box.webhookUrl(), golden("box", "no_active_session.json"), "Content-Type", JSON);
        byte[] removed = golden("github", "meta.deleted.json");
        client.post(github.webhookUrl(), removed, "Content-Type", JSON, "X-GitHub-Event", "meta");

        assertThat(client.warnings(box))
                .contains(
                        "The provider has removed the webhook: register it again.",
                        "The provider has ended our access: authenticate the instance again.");
        assertThat(client.warnings(github)).contains("The provider has removed the webhook: register it again.");
        callback.await(box.id(), 2);
        callback.await(github.id(), 1);
    }

    private static void sendGreenhouse(Instance instance, String eventId, String body) {
        assertThat(client.post(
                                instance.webhookUrl(),
                                body.getBytes(UTF_8),
                                "Content-Type",
                                JSON,
                                "Greenhouse-Event-ID",
                                eventId)
                        .statusCode())
                .isEqualTo(200);
    }

    private static Instance provision(String element, Map<String, String> configuration) {
        return client.provision(element, callback, configuration);
    }

    /** Sends it, then the same once more, then the same with another body under that signature. */
    private static void assertTaken(Instance instance, byte[] body, String... headers) {
        assertThat(client.post(instance.webhookUrl(), body, headers).statusCode())
                .isEqualTo(200);
        assertThat(client.post(instance.webhookUrl(), body, headers).statusCode())
                .isEqualTo(200);
        byte[] forged = body.clone();
        forged[forged.length - 3] ^= 1;
        assertThat(client.post(instance.webhookUrl(), forged, headers).statusCode())
                .isEqualTo(401);
    }

    private static Notification assertItems(Instance instance, String expected) {
        Notification notification = callback.await(instance.id(), 1).get(0);
        assertThat(notification.items()).containsExactly(expected);
        return notification;
    }

    private static void assertRawIs(byte[] body, Notification notification) {
        assertThat(notification.body()).contains("\"raw\":" + new String(body, UTF_8));
    }

    /** What the element's own table says that its golden body becomes. */
    private static String row(String element, String file) {
        return new String(golden(element, "cases.csv"), UTF_8)
                .lines()
                .map(line -> List.of(line.split(", *", -1)))
                .filter(columns -> columns.get(0).equals(file))
                .map(columns -> String.join(" ", columns.subList(1, 5)))
                .findFirst()
                .orElseThrow();
    }

    private static long unixSeconds() {
        return WallClock.micros() / 1_000_000;
    }
}
