package dev.sluice.gateway.providers;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What the original's five pages tell users to do, from the consent to the notification. */
@TestInstance(Lifecycle.PER_CLASS)
final class PagesFlowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ENABLED = "event.notification.enabled";
    private static final String CALLBACK = "event.notification.callback.url";
    private static final String KEY = "event.vendor.signature.key";
    private static final String BOX_KEY = Planted.secret("box");
    private static final String HOOK_SECRET = Planted.secret("hook");
    private static final String BAD_KEY = Planted.secret("bad");
    private static final String JSON = "application/json";

    private final FakeProvider github = new FakeProvider("github");
    private final FakeProvider box = new FakeProvider("box");
    private final FakeProvider hootsuite = new FakeProvider("hootsuite");
    private final FakeProvider greenhouse = new FakeProvider("greenhouse");
    private final FakeProvider mailchimp = new FakeProvider("mailchimpv3");
    private final CallbackServer callback = new CallbackServer();
    private GatewayRig gateway;

    @BeforeAll
    void start() {
        gateway = new GatewayRig(github, box, hootsuite, greenhouse, mailchimp);
    }

    @AfterAll
    void stop() {
        gateway.close();
        callback.close();
        for (FakeProvider provider : new FakeProvider[] {github, box, hootsuite, greenhouse, mailchimp}) {
            provider.close();
        }
    }

    @Test
    void githubFromConsentToNotification() {
        JsonNode instance =
                create("github", Map.of(ENABLED, "true", CALLBACK, callback.url(), "event.vendor.subscribe", "true"));
        JsonNode config = github.hooks().standing().values().iterator().next().path("config");
        String body = "{\"ref\":\"refs/heads/main\",\"before\":\"0\",\"after\":\"59b20b8d\"}";

        int status = send(webhook(config.path("url").asString(), body, JSON)
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "d-1")
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + hex(config.path("secret").asString(), body)));

        assertThat(status).isEqualTo(200);
        expect(instance, "push", "59b20b8d", "UPDATED");
    }

    @Test
    void boxFromConsentToNotification() {
        JsonNode instance = create("box", Map.of(ENABLED, "true", CALLBACK, callback.url(), KEY, BOX_KEY));
        String body = "{\"type\":\"webhook_event\",\"id\":\"e-1\",\"trigger\":\"FILE.TRASHED\","
                + "\"source\":{\"id\":\"735\",\"type\":\"file\"}}";
        String timestamp = gateway.part(Clock.class).instant().toString();

        int status = send(webhook(url(instance), body, JSON)
                .header("BOX-DELIVERY-TIMESTAMP", timestamp)
                .header("BOX-SIGNATURE-VERSION", "1")
                .header("BOX-SIGNATURE-ALGORITHM", "HmacSHA256")
                .header("BOX-SIGNATURE-PRIMARY", Base64.getEncoder().encodeToString(hmac(BOX_KEY, body + timestamp))));

        assertThat(status).isEqualTo(200);
        expect(instance, "file", "735", "DELETED");
    }

    @Test
    void hootsuiteInItsTwoSteps() {
        JsonNode placeholder = create("hootsuite", Map.of(ENABLED, "true", CALLBACK, "https://placeholder.example"));
        assertThat(placeholder.path("nextSteps").toString()).contains("portal", url(placeholder), "PATCH it now");
        String ping = "[{\"type\":\"com.hootsuite.ping.event.v1\",\"data\":{}}]";
        assertThat(send(webhook(url(placeholder), ping, JSON))).isEqualTo(200);

        JsonNode instance = gateway.call(
                        HttpMethod.PATCH,
                        "/instances/" + placeholder.path("id").asString(),
                        "{\"configuration\":{\"" + CALLBACK + "\":\"" + callback.url() + "\"}}")
                .ok();
        assertThat(url(instance)).isEqualTo(url(placeholder));
        String body = "[{\"seq_no\":\"1684272788542\",\"type\":\"com.hootsuite.messages.event.v1\",\"data\":"
                + "{\"state\":\"SENT\",\"message\":{\"id\":\"4138\"},\"timestamp\":\"2026-03-05T10:11:12.555Z\"}}]";

        assertThat(send(webhook(url(instance), body, JSON))).isEqualTo(200);
        expect(instance, "messages", "4138", "UPDATED");
    }

    @Test
    void greenhouseWithItsKeyAndWithoutAnyProvidersHelp() {
        JsonNode instance = gateway.post(
                "/instances",
                Bodies.instance(
                        "greenhouse",
                        "",
                        Map.of("api.key", Api.API_KEY, ENABLED, "true", CALLBACK, callback.url(), KEY, HOOK_SECRET)));
        assertThat(greenhouse.asked("/v1/users")).hasSize(1);
        assertThat(instance.path("nextSteps").toString()).contains("Dev Center", url(instance));
        String body = "{\"action\":\"job_deleted\",\"payload\":{\"job\":{\"id\":209256,\"name\":\"PM\"}}}";

        int status = send(webhook(url(instance), body, JSON)
                .header("Greenhouse-Event-ID", "g-1")
                .header("Signature", "sha256 " + hex(HOOK_SECRET, body)));

        assertThat(status).isEqualTo(200);
        expect(instance, "job", "209256", "DELETED");
    }

    @Test
    void greenhouseWarnsOfKeysThatCannotBeCheckedAndRefusesBadOnes() {
        greenhouse.answer("/v1/users", Told.json(410, "{}"));
        assertThat(greenhouse("retired").path("warnings").toString()).contains("HTTP 410", "August 2026");
        greenhouse.answer("/v1/users", Told.json(403, "{}"));
        assertThat(greenhouse("limited").path("warnings").toString()).contains("not permitted");
        greenhouse.reset();

        GatewayRig.Answer refused = gateway.call(
                HttpMethod.POST, "/instances", Bodies.instance("greenhouse", "", Map.of("api.key", BAD_KEY)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("providerMessage").asString()).contains("refused by Greenhouse");
        assertThat(refused.body().toString()).doesNotContain(BAD_KEY);
    }

    @Test
    void makesAnInstanceWithinThreeSecondsWhenTheProviderHangs() {
        greenhouse.answer(request -> {
            FakeProvider.hang();
            return null;
        });
        long began = System.nanoTime();

        assertThat(greenhouse("any").path("warnings").toString()).contains("could not be checked");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        greenhouse.reset();
    }

    @Test
    void mailchimpFromConsentToNotification() {
        JsonNode instance = create(
                "mailchimpv3",
                Map.of(
                        ENABLED,
                        "true",
                        CALLBACK,
                        callback.url(),
                        "event.vendor.subscribe",
                        "true",
                        "events.list.ids",
                        "a6b5"));
        JsonNode hook = mailchimp.hooks().standing().values().iterator().next();
        String body = Parameters.encode(Map.of("type", "profile", "data[id]", "8a25", "data[list_id]", "a6b5"));
        long now = gateway.part(Clock.class).instant().getEpochSecond();

        int status = send(webhook(hook.path("url").asString(), body, "application/x-www-form-urlencoded")
                .header("X-Mailchimp-Signature", "t=" + now + ",v1=" + hex(Hooks.CHOSEN_SECRET, now + "." + body)));

        assertThat(status).isEqualTo(200);
        expect(instance, "members", "8a25", "UPDATED");
        assertThat(send(webhook(url(instance), body, "application/x-www-form-urlencoded")))
                .isEqualTo(401);
    }

    private JsonNode greenhouse(String key) {
        return gateway.post("/instances", Bodies.instance("greenhouse", "", Map.of("api.key", Planted.secret(key))));
    }

    private JsonNode create(String elementKey, Map<String, String> configuration) {
        String asked = Parameters.encode(Map.of("apiKey", TokenDesk.CLIENT_ID, "callbackUrl", Bodies.CALLBACK_URL));
        Consent consent = Consent.given(gateway.get("/elements/" + elementKey + "/oauth/url?" + asked)
                .path("oauthUrl")
                .asString());
        return gateway.post("/instances", Bodies.oauth(elementKey, consent.code(), configuration));
    }

    private void expect(JsonNode instance, String objectType, String objectId, String eventType) {
        await().atMost(PATIENCE).until(() -> !callback.of(instance).isEmpty());
        JsonNode item =
                callback.of(instance).get(0).path("message").path("events").path(0);
        assertThat(item.path("objectType").asString()).isEqualTo(objectType);
        assertThat(item.path("objectId").asString()).isEqualTo(objectId);
        assertThat(item.path("eventType").asString()).isEqualTo(eventType);
    }

    private static String url(JsonNode instance) {
        return instance.path("webhookUrl").asString();
    }

    private static HttpRequest.Builder webhook(String url, String body, String contentType) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Content-Type", contentType)
                .POST(ofString(body));
    }

    private static int send(HttpRequest.Builder request) {
        return OAuthServer.send(request.build()).statusCode();
    }

    private static String hex(String key, String text) {
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
