package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.PLANTED;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class InstanceCreationIT {
    private final ApiServer server;
    private final ApiClient api;

    InstanceCreationIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
    }

    @Test
    void answersACreationInTheOriginalsShape() {
        JsonNode created = api.create(GITHUB);

        long id = created.get("id").asLong();
        String encodedId = Base64.getEncoder().encodeToString(String.valueOf(id).getBytes(US_ASCII));
        assertThat(created.get("name").asString()).isEqualTo("Shop");
        assertThat(created.get("tags").get(0).asString()).isEqualTo("Docs");
        assertThat(created.get("token").asString()).hasSizeGreaterThan(20);
        assertThat(created.get("element").get("key").asString()).isEqualTo("github");
        assertThat(created.get("elementId").asInt()).isEqualTo(6291);
        assertThat(created.get("valid").asBoolean()).isTrue();
        assertThat(created.get("disabled").asBoolean()).isFalse();
        assertThat(created.get("eventsEnabled").asBoolean()).isTrue();
        assertThat(created.get("user").get("id").asLong()).isOne();
        assertThat(created.get("encodedId").asString()).isEqualTo(encodedId);
        assertThat(created.get("webhookUrl").asString())
                .isEqualTo("%s/elements/api-v2/events/github/%s", server.url(), encodedId);
        assertThat(created.get("warnings")).isEmpty();
        assertThat(created.has("providerData")).isFalse();
    }

    @Test
    void showsConfigurationAsTextNullsAndMasks() {
        JsonNode configuration = api.create(GITHUB).get("configuration");

        assertThat(configuration.get("event.notification.enabled").asString()).isEqualTo("true");
        assertThat(configuration.get("event.notification.enabled").isString()).isTrue();
        assertThat(configuration.get("oauth.api.key").isNull()).isTrue();
        assertThat(configuration.get("event.notification.signature.key").asString())
                .isEqualTo("********");
        assertThat(configuration.toString()).doesNotContain(PLANTED);
    }

    @Test
    void readsBackWhatItCreated() {
        JsonNode created = api.create(GITHUB);

        assertThat(json(api.http()
                        .get()
                        .uri("/instances/{id}/", created.get("id").asString())
                        .exchange()))
                .isEqualTo(created);
    }

    @Test
    void takesTheElementFromThePathByKeyOrNumber() {
        String body = GITHUB.replace("\"element\": {\"key\": \"github\"},", "");

        assertThat(json(api.post("/elements/github/instances", body))
                        .get("elementId")
                        .asInt())
                .isEqualTo(6291);
        assertThat(json(api.post("/elements/6291/instances", body))
                        .get("elementId")
                        .asInt())
                .isEqualTo(6291);
        assertThat(message(api.post("/elements/nothing/instances", body), 404)).contains("github");
        assertThat(message(api.post("/instances", body), 400)).startsWith("element.key: missing");
    }

    @Test
    void makesTheNameATagWhenNoneIsGiven() {
        assertThat(api.create(GITHUB.replace("\"tags\": [\"<i>Docs</i>\"],", ""))
                        .get("tags")
                        .get(0)
                        .asString())
                .isEqualTo("Shop");
    }

    @Test
    void keepsKeysItDoesNotKnowAndHidesThoseThatSoundSecret() {
        JsonNode created = api.create(GITHUB.replace(
                "\"github.organization\"",
                "\"my.color\": 7, \"my.password\": \"planted-secret-4711\", \"github.organization\""));

        assertThat(created.get("configuration").get("my.color").asString()).isEqualTo("7");
        assertThat(created.get("configuration").get("my.password").asString()).isEqualTo("********");
        assertThat(created.get("warnings").toString()).contains("my.color, my.password");
    }

    @Test
    void namesAllMissingKeys() {
        assertThat(message(api.post("/instances", "{\"element\":{\"key\":\"github\"},\"name\":\"x\"}"), 400))
                .contains("github.organization, github.repository missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://a.example/ | URL 1 does not begin with http:// or https://",
                "https://ok.example, https://u:planted-secret-4711@a.example/ | URL 2 holds credentials",
                "https:///path | URL 1 ",
                "a.example/hook | URL 1 does not begin",
                "https://a.example/x y | URL 1 is no URL at character 20"
            })
    void saysWhichCallbackUrlIsWrongWithoutQuotingIt(String urls, String problem) {
        assertThat(message(
                        api.post("/instances", GITHUB.replace("https://a.example/hook, https://b.example/hook", urls)),
                        400))
                .startsWith("event.notification.callback.url: ")
                .contains(problem)
                .doesNotContain(PLANTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.cloud-elements.example/elements/api-v2/events/github/",
                "http://anything/prefix//elements/api-v2/x/../events/github/MTIz"
            })
    void storesButNeverSendsToAWebhookUrl(String url) {
        JsonNode created = api.create(GITHUB.replace("https://a.example/hook", url));

        assertThat(created.get("warnings").toString()).contains("none is sent there");
        assertThat(server.database()
                        .client()
                        .sql("SELECT string_agg(state, ',' ORDER BY position) AS states FROM endpoint")
                        .fetch()
                        .one()
                        .block())
                .containsEntry("states", "looped,active");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry.schedule | soon | retry schedule: 'soon' (expected: a list like 8s,64s,512s)",
                "retry.schedule | 64s,8s | expected: each above the one before",
                "rate.limit | fast | fast (expected: a whole number, 1..1000000)",
                "concurrency | 0 | 0 (expected: 1..10000)",
                "ordering | always | always (expected: none or object)",
                "enabled | yes | yes (expected: true or false)",
                "callback.headers | planted-secret-4711 | a line without a name (expected: Name: value)",
                "callback.headers | X-Key planted: planted-secret-4711 | (expected: an HTTP header's name)",
                "callback.headers | Content-Length: planted-secret-4711 | Content-Length (expected: none that the connection or we set)",
                "callback.headers | {planted-secret-4711 | no valid JSON object",
                "basic.username | a:b | a colon (expected: a name without one)"
            })
    void saysWhichSettingCannotBeUsed(String setting, String value, String problem) {
        String key = "event.notification." + setting;
        String body = GITHUB.replace("\"}}", "\", \"" + key + "\": \"" + value + "\"}}");

        assertThat(message(api.post("/instances", body), 400))
                .startsWith(key + ": ")
                .contains(problem)
                .doesNotContain(PLANTED);
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThat(message(api.post("/instances", """
                        {"element": {"key": "github"}, "name": "x", "configuration": {
                          "github.repository": "shop", "event.vendor.type": "polling",
                          "event.notification.concurrency": "many"}}"""), 400))
                .contains("event.vendor.type: polling is not built yet (expected: webhook or webhooks); ")
                .contains("event.notification.concurrency: many (expected: a whole number, 1..10000); ")
                .contains("configuration: github.organization missing (expected: a value for each)");
    }

    @Test
    void warnsThatNothingProvesAWebhooksOrigin() {
        assertThat(api.create(GITHUB.replace("event.vendor.signature.key", "my.key"))
                        .get("warnings")
                        .toString())
                .contains("event.vendor.signature.key is not set");
    }

    @Test
    void refusesWhatNoTableCanHold() {
        String withNul = GITHUB.replace("acme", "ac\\u0000me");

        assertThat(message(api.post("/instances", withNul), 400))
                .isEqualTo("github.organization: character 0 in place 3 (expected: text)");
        assertThat(message(api.post("/instances", GITHUB.replace("<i>Docs</i>", "Do\\u0000cs")), 400))
                .isEqualTo("tags[0]: a control character in place 3 (expected: one line of text)");
    }

    @Test
    void keepsHtmlOutOfNamesHoweverItIsHidden() {
        assertThat(api.create(GITHUB.replace("<b>Shop</b>", "<<b>script>Shop<</b>/script>"))
                        .get("name")
                        .asString())
                .isEqualTo("Shop");
        assertThat(message(api.post("/instances", GITHUB.replace("<b>Shop</b>", "<a".repeat(300_000))), 400))
                .isEqualTo("name: 600000 characters (expected: 1..255)");
    }
}
