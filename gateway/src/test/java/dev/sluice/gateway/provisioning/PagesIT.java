package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What the original's five pages tell people to send. */
@ExtendWith(SharedApiServer.class)
final class PagesIT {
    private static final String OAUTH = """
            "oauth.callback.url": "https://mycoolapp.com", "oauth.api.key": "a-client-id",
            "oauth.api.secret": "planted-secret-4711", "event.notification.enabled": true,
            """;

    private final ApiClient api;

    PagesIT(ApiServer server) {
        this.api = server.caller();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "hootsuite", "greenhouse", "mailchimpv3"})
    void answersAWarningWhereThePageEntersThePlatformsOwnUrl(String key) {
        JsonNode created = create(
                key,
                "\"event.vendor.type\": \"webhooks\","
                        + " \"event.notification.callback.url\": \"https://api.cloud-elements.com/elements/api-v2/events/"
                        + key + "/\"");

        assertThat(warnings(created)).anyMatch(warning -> warning.contains("is a webhook URL of this platform"));
        assertThat(created.get("element").get("key").asString()).isEqualTo(key);
        assertThat(created.get("eventsEnabled").asBoolean()).isTrue();
        assertThat(created.get("webhookUrl").asString())
                .endsWith("/events/" + key + "/" + created.get("encodedId").asString());
    }

    @Test
    void takesBoxWithAndWithoutListIds() {
        JsonNode with = create("box", "\"events.list.ids\": \"123,file:456\"");
        JsonNode without = create("box", "\"event.notification.signature.key\": \"planted-secret-4711\"");

        assertThat(with.get("configuration").get("events.list.ids").asString()).isEqualTo("123,file:456");
        assertThat(warnings(with)).noneMatch(warning -> warning.contains("not known"));
        assertThat(without.get("configuration").get("events.list.ids").isNull()).isTrue();
    }

    @Test
    void takesHootsuitesTwoSteps() {
        JsonNode created = create("hootsuite", "\"event.notification.callback.url\": \"https://placeholder.example\"");

        JsonNode patched = json(api.send(
                HttpMethod.PATCH,
                path(created),
                "{\"configuration\": {\"event.notification.callback.url\": \"https://mycoolapp.com/events\"}}"));

        assertThat(patched.get("configuration")
                        .get("event.notification.callback.url")
                        .asString())
                .isEqualTo("https://mycoolapp.com/events");
        assertThat(patched.get("webhookUrl")).isEqualTo(created.get("webhookUrl"));
        assertThat(patched.get("configuration").get("oauth.api.key").asString()).isEqualTo("********");
    }

    @Test
    void warnsThatHarvestKeysEnd() {
        assertThat(warnings(create("greenhouse", "\"api.key\": \"planted-secret-4711\"")))
                .anyMatch(warning -> warning.startsWith("api.key: Greenhouse has announced the end of Harvest"));
        assertThat(warnings(create("greenhouse", "\"x\": 1"))).noneMatch(warning -> warning.contains("Harvest"));
    }

    @Test
    void warnsOfMailchimpsOauthCallback() {
        JsonNode created = create("mailchimpv3", "\"oauth.callback.url\": \"https;//mycoolapp.com\"");

        assertThat(warnings(created)).anyMatch(warning -> warning.startsWith("oauth.callback.url is no URL"));
        assertThat(warnings(create("mailchimpv3", "\"event.vendor.url.secret\": \"planted-secret-4711\"")))
                .noneMatch(warning -> warning.startsWith("oauth.callback.url") || warning.contains("is not set"));
    }

    private JsonNode create(String key, String settings) {
        String own = key.equals("github") ? "\"github.organization\": \"acme\", \"github.repository\": \"shop\", " : "";
        JsonNode created = api.create("{\"element\": {\"key\": \"" + key + "\"}, \"configuration\": {" + OAUTH + own
                + settings + "}, \"tags\": [\"Docs\"], \"name\": \"API Instance\"}");
        assertThat(created.toString()).doesNotContain(ApiClient.PLANTED);
        return created;
    }

    private static List<String> warnings(JsonNode instance) {
        return StreamSupport.stream(instance.get("warnings").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
