package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.PLANTED;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class InstanceChangeIT {
    private final ApiServer server;
    private final ApiClient api;

    InstanceChangeIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
    }

    @Test
    void changesOnlyWhatAPatchMentions() {
        JsonNode created = api.create(GITHUB);

        JsonNode patched = json(api.send(HttpMethod.PATCH, path(created), """
                {"configuration": {"event.notification.callback.url": ["https://c.example/hook"],
                                   "event.notification.signature.key": "********",
                                   "event.vendor.signature.key": null}}"""));

        assertThat(patched.get("name").asString()).isEqualTo("Shop");
        JsonNode configuration = patched.get("configuration");
        assertThat(configuration.get("github.organization").asString()).isEqualTo("acme");
        assertThat(configuration.get("event.notification.callback.url").asString())
                .isEqualTo("[\"https://c.example/hook\"]");
        assertThat(configuration.get("event.vendor.signature.key").isNull()).isTrue();
        assertThat(stored(created).configuration()).containsEntry("event.notification.signature.key", PLANTED);
        assertThat(stored(created).endpoints()).extracting("url").containsExactly("https://c.example/hook");
    }

    @Test
    void takesItsOwnAnswerBackInAPutAndChangesNothing() {
        JsonNode created = api.create(GITHUB);

        JsonNode put = json(api.send(HttpMethod.PUT, path(created), created.toString()));

        assertThat(put.get("configuration")).isEqualTo(created.get("configuration"));
        assertThat(stored(created).configuration()).containsEntry("event.notification.signature.key", PLANTED);
    }

    @Test
    void dropsWhatAPutLeavesOut() {
        JsonNode created = api.create(GITHUB);

        JsonNode put = json(api.send(HttpMethod.PUT, path(created), """
                {"name": "New", "tags": ["a", "b"],
                 "configuration": {"github.organization": "acme", "github.repository": "shop"}}"""));

        assertThat(put.get("name").asString()).isEqualTo("New");
        assertThat(put.get("tags")).hasSize(2);
        assertThat(put.get("configuration")
                        .get("event.notification.signature.key")
                        .isNull())
                .isTrue();
        assertThat(stored(created).endpoints()).isEmpty();
    }

    @Test
    void refusesAChangeThatLeavesRequiredKeysOutOrAnotherElement() {
        JsonNode created = api.create(GITHUB);
        String path = "/instances/" + created.get("id").asString();

        assertThat(message(api.send(HttpMethod.PATCH, path, "{\"configuration\":{\"github.repository\":\"\"}}"), 400))
                .contains("github.repository missing");
        assertThat(message(api.send(HttpMethod.PATCH, path, "{\"element\":{\"key\":\"box\"}}"), 400))
                .startsWith("element.key: another element");
        assertThat(json(api.http().get().uri(path).exchange()).get("configuration"))
                .isEqualTo(created.get("configuration"));
    }

    @Test
    void isGoneOnceDeleted() {
        String path = "/instances/" + api.create(GITHUB).get("id").asString();

        api.http().delete().uri(path).exchange().expectStatus().isOk();

        assertThat(message(api.http().get().uri(path).exchange(), 404))
                .isEqualTo("Invalid Element Instance Id provided.");
        assertThat(message(api.http().delete().uri(path).exchange(), 404)).isNotEmpty();
    }

    @Test
    void changesAndDeletesTheInstanceWhoseTokenIsShown() {
        JsonNode created = api.create(GITHUB);
        JsonNode other = api.create(GITHUB);
        ApiClient withToken = server.caller(created.get("token").asString());

        assertThat(json(withToken.send(HttpMethod.PATCH, "/instances", "{\"name\": \"Patched\"}"))
                        .get("id"))
                .isEqualTo(created.get("id"));
        assertThat(json(withToken.send(HttpMethod.PUT, "/instances", "{\"name\": \"Put\"}"))
                        .get("name")
                        .asString())
                .isEqualTo("Put");
        withToken.send(HttpMethod.DELETE, "/instances").expectStatus().isOk();

        assertThat(message(api.get(path(created)), 404)).isNotEmpty();
        assertThat(api.read(path(other)).get("name").asString()).isEqualTo("Shop");
    }

    @Test
    void saysThatATokenIsMissingWhereThePathNamesNoInstance() {
        assertThat(message(api.send(HttpMethod.PATCH, "/instances", "{}"), 400))
                .isEqualTo("Authorization: no Element token"
                        + " (expected: User …, Organization …, Element <token of the instance>)");
        assertThat(message(api.send(HttpMethod.DELETE, "/instances"), 400)).contains("no Element token");
    }

    @Test
    void disablesAndEnables() {
        JsonNode created = api.create(GITHUB);
        ApiClient withToken = server.caller(created.get("token").asString());

        assertThat(json(api.send(HttpMethod.DELETE, path(created) + "/enabled"))
                        .get("disabled")
                        .asBoolean())
                .isTrue();
        assertThat(api.read(path(created)).get("disabled").asBoolean()).isTrue();
        assertThat(json(withToken.send(HttpMethod.PUT, "/instances/enabled"))
                        .get("disabled")
                        .asBoolean())
                .isFalse();
        assertThat(json(withToken.send(HttpMethod.DELETE, "/instances/enabled"))
                        .get("disabled")
                        .asBoolean())
                .isTrue();
        assertThat(json(api.send(HttpMethod.PUT, path(created) + "/enabled"))
                        .get("disabled")
                        .asBoolean())
                .isFalse();
        assertThat(message(api.send(HttpMethod.PUT, "/instances/17/enabled"), 404))
                .isEqualTo("Invalid Element Instance Id provided.");
    }

    @Test
    void findsAnInstanceBelowItsOwnElementOnly() {
        JsonNode created = api.create(GITHUB);
        String id = created.get("id").asString();

        assertThat(api.read("/elements/6291/instances/" + id)).isEqualTo(created);
        assertThat(json(api.send(
                                HttpMethod.PUT,
                                "/elements/github/instances/" + id + "?reAuthenticate=false",
                                created.toString().replace("\"Shop\"", "\"Toggled\"")))
                        .get("name")
                        .asString())
                .isEqualTo("Toggled");
        assertThat(message(api.get("/elements/box/instances/" + id), 404))
                .isEqualTo("Invalid Element Instance Id provided.");
        assertThat(message(api.send(HttpMethod.DELETE, "/elements/box/instances/" + id), 404))
                .isNotEmpty();
        assertThat(api.read(path(created)).get("name").asString()).isEqualTo("Toggled");
    }

    private Instance stored(JsonNode instance) {
        return Objects.requireNonNull(server.part(InstanceRepository.class)
                .find(instance.get("id").asLong())
                .block());
    }
}
