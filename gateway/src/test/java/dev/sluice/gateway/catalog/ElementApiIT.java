package dev.sluice.gateway.catalog;

import static dev.sluice.gateway.provisioning.ApiClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiClient;
import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.gateway.provisioning.SharedApiServer;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Elements;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class ElementApiIT {
    private final Elements elements = Elements.all();
    private final ApiClient api;

    ElementApiIT(ApiServer server) {
        this.api = server.caller();
    }

    @Test
    void listsAllElementsPageByPage() {
        ResponseSpec first = api.get("/elements?pageSize=3");
        first.expectHeader().valueEquals("Elements-Returned-Count", "3");
        first.expectHeader().valueEquals("Elements-Total-Count", "5");
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        ResponseSpec last = api.get("/elements?pageSize=3&nextPage=" + next);
        last.expectHeader().doesNotExist("Elements-Next-Page-Token");

        List<String> keys = texts(ApiClient.json(first), "key");
        keys.addAll(texts(ApiClient.json(last), "key"));
        assertThat(keys).containsExactlyElementsOf(elements.keys());
        assertThat(texts(api.read("/elements"), "key")).containsExactlyElementsOf(elements.keys());
        assertThat(message(api.get("/elements?nextPage=nothing"), 400)).startsWith("nextPage: no token of this list");
    }

    @Test
    void namesAllKeys() {
        assertThat(api.read("/elements/keys").toString())
                .isEqualTo("[\"%s\"]".formatted(String.join("\",\"", elements.keys())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "hootsuite", "greenhouse", "mailchimpv3"})
    void showsWhatAnElementCanBeConfiguredWith(String key) {
        JsonNode element = api.read("/elements/" + key);

        List<String> fields = elements.find(key).orElseThrow().configuration().stream()
                .map(ConfigurationField::key)
                .toList();
        assertThat(texts(element.get("configuration"), "key")).containsExactlyElementsOf(fields);
        assertThat(texts(element.get("configuration"), "id")).doesNotHaveDuplicates();
        assertThat(api.read("/elements/" + element.get("id").asString() + "/")).isEqualTo(element);
        assertThat(api.read("/elements/" + key + "/configuration")).isEqualTo(element.get("configuration"));
    }

    @Test
    void showsAFieldAsTheOriginalDoes() {
        JsonNode repository = api.read("/elements/github/configuration").get(1);

        assertThat(repository.get("key").asString()).isEqualTo("github.repository");
        assertThat(repository.get("name").asString()).isEqualTo("GitHub Repository");
        assertThat(repository.get("type").asString()).isEqualTo("TEXTFIELD_128");
        assertThat(repository.get("required").asBoolean()).isTrue();
        assertThat(repository.get("hideFromConsole").asBoolean()).isFalse();
        assertThat(repository.get("displayOrder").asInt()).isOne();
        assertThat(repository.get("defaultValue").isNull()).isTrue();
    }

    @Test
    void saysThatElementsTakeWebhooks() {
        JsonNode metadata = api.read("/elements/box/metadata");

        assertThat(metadata.get("events").toString()).isEqualTo("{\"supported\":true,\"methods\":[\"webhook\"]}");
        assertThat(api.read("/elements/metadata")).hasSize(5).contains(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/elements/nothing", "/elements/nothing/configuration", "/elements/1/metadata"})
    void namesTheElementsWhenAskedForAnother(String path) {
        assertThat(message(api.get(path), 404))
                .startsWith("element: unknown (expected: one of ")
                .contains("github");
    }

    private static List<String> texts(JsonNode records, String field) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(each -> each.get(field).asString())
                .collect(Collectors.toList());
    }
}
