package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.PLANTED;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class InstanceSettingIT {
    private static final String CALLBACK_URL = "event.notification.callback.url";
    private final ApiServer server;
    private final ApiClient api;
    private JsonNode instance;

    InstanceSettingIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void create() {
        server.clear();
        instance = api.create(GITHUB.replace("\"github.organization\"", "\"my.color\": 7, \"github.organization\""));
    }

    @Test
    void showsEachKeyAsARecord() {
        JsonNode records = api.read(path(instance) + "/configuration");

        JsonNode organization = record(records, "github.organization");
        assertThat(organization.get("propertyValue").asString()).isEqualTo("acme");
        assertThat(organization.get("name").asString()).isEqualTo("GitHub Organization");
        assertThat(organization.get("required").asBoolean()).isTrue();
        assertThat(record(records, "event.vendor.signature.key")
                        .get("propertyValue")
                        .asString())
                .isEqualTo("********");
        assertThat(record(records, "oauth.user.id").get("propertyValue").isNull())
                .isTrue();
        assertThat(record(records, "my.color").get("propertyValue").asString()).isEqualTo("7");
        assertThat(records.toString()).doesNotContain(PLANTED);
        assertThat(server.caller(instance.get("token").asString()).read("/instances/configuration"))
                .isEqualTo(records);
    }

    @Test
    void setsTheCallbackUrlLater() {
        String record = path(instance) + "/configuration/" + id(CALLBACK_URL);

        JsonNode changed = json(api.send(HttpMethod.PATCH, record, "{\"propertyValue\": \"https://c.example/hook\"}"));

        assertThat(changed.get("key").asString()).isEqualTo(CALLBACK_URL);
        assertThat(changed.get("propertyValue").asString()).isEqualTo("https://c.example/hook");
        assertThat(api.read(record)).isEqualTo(changed);
        assertThat(api.read(path(instance))
                        .get("configuration")
                        .get(CALLBACK_URL)
                        .asString())
                .isEqualTo("https://c.example/hook");
    }

    @Test
    void takesKeysForIdsAndTokensForInstances() {
        ApiClient withToken = server.caller(instance.get("token").asString());
        String record = "/instances/configuration/" + CALLBACK_URL;

        assertThat(json(withToken.send(HttpMethod.PATCH, record, "{\"propertyValue\": null}"))
                        .get("propertyValue")
                        .isNull())
                .isTrue();
        assertThat(withToken.read(record)).isEqualTo(api.read(path(instance) + "/configuration/" + CALLBACK_URL));
    }

    @Test
    void keepsASecretWhenItsMaskComesBack() {
        String record = path(instance) + "/configuration/event.vendor.signature.key";

        json(api.send(HttpMethod.PATCH, record, api.read(record).toString()));

        assertThat(api.read(path(instance)).get("warnings").toString()).doesNotContain("is not set");
        assertThat(json(api.send(HttpMethod.PATCH, record, "{\"propertyValue\": \"planted-secret-4711-new\"}"))
                        .toString())
                .doesNotContain(PLANTED);
    }

    @Test
    void refusesRecordsThatThereAreNotAndValuesThatCannotBe() {
        String records = path(instance) + "/configuration/";

        assertThat(message(api.get(records + "4711"), 404)).startsWith("configuration: no such record");
        assertThat(message(api.send(HttpMethod.PATCH, records + "nothing", "{\"propertyValue\": 1}"), 404))
                .startsWith("configuration: no such record");
        assertThat(message(api.send(HttpMethod.PATCH, records + CALLBACK_URL, "{}"), 400))
                .isEqualTo("propertyValue: missing (expected: the value, or null to unset it)");
        assertThat(message(
                        api.send(
                                HttpMethod.PATCH,
                                records + "event.notification.enabled",
                                "{\"propertyValue\": \"maybe\"}"),
                        400))
                .isEqualTo("event.notification.enabled: maybe (expected: true or false)");
        assertThat(message(api.send(HttpMethod.PATCH, records + "github.repository", "{\"propertyValue\": \"\"}"), 400))
                .contains("github.repository missing");
    }

    private String id(String key) {
        return record(api.read("/elements/github/configuration"), key).get("id").asString();
    }

    private static JsonNode record(JsonNode records, String key) {
        return StreamSupport.stream(records.spliterator(), false)
                .filter(each -> each.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
