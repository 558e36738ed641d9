package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** How much an instance may hold: what is just allowed is taken, and one more is not. */
@ExtendWith(SharedApiServer.class)
final class InstanceLimitsIT {
    private final ApiServer server;
    private final ApiClient api;

    InstanceLimitsIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
    }

    @ParameterizedTest
    @MethodSource("limits")
    void takesWhatIsJustAllowedAndNoMore(int limit, IntFunction<String> change, String problem) {
        JsonNode instance = api.create(GITHUB);

        json(api.send(HttpMethod.PATCH, path(instance), change.apply(limit)));
        assertThat(message(api.send(HttpMethod.PATCH, path(instance), change.apply(limit + 1)), 400))
                .isEqualTo(problem);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                limit(
                        255,
                        name -> "{\"name\": \"" + "n".repeat(name) + "\"}",
                        "name: 256 characters without HTML (expected: 1..255)"),
                limit(
                        100,
                        tags -> "{\"tags\": [" + list(tags, i -> "\"" + i + "\"") + "]}",
                        "tags: 101 tags (expected: an array of at most 100)"),
                limit(
                        200,
                        keys -> "{\"configuration\": {" + list(keys, i -> "\"my." + i + "\": null") + "}}",
                        "configuration: 201 keys (expected: an object of at most 200 keys)"),
                limit(
                        20_000,
                        value -> configuration("my.note", "v".repeat(value)),
                        "my.note: 20001 characters (expected: at most 20000)"),
                limit(
                        200,
                        key -> configuration("k".repeat(key), "v"),
                        "configuration: a key of 201 characters (expected: 1..200, without control characters)"),
                limit(
                        20,
                        urls -> configuration(
                                "event.notification.callback.url", list(urls, i -> "https://a.example/" + i)),
                        "event.notification.callback.url: 21 URLs (expected: http or https URLs, separated by commas or"
                                + " as a JSON array, at most 20)"));
    }

    private static Arguments limit(int limit, IntFunction<String> change, String problem) {
        return Arguments.of(limit, change, problem);
    }

    private static String configuration(String key, String value) {
        return "{\"configuration\": {\"" + key + "\": \"" + value + "\"}}";
    }

    private static String list(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(joining(","));
    }

    @Test
    void doesNotGrowBeyondItsLimitsChangeByChange() {
        JsonNode instance = api.create(GITHUB);
        for (int note = 1; note <= 4; note++) {
            json(api.send(HttpMethod.PATCH, path(instance), configuration("my.note." + note, "v".repeat(20_000))));
        }

        assertThat(message(
                        api.send(HttpMethod.PATCH, path(instance), configuration("my.note.5", "v".repeat(20_000))),
                        400))
                .startsWith("configuration: 100")
                .endsWith(" characters (expected: at most 100000 in all)");
        assertThat(api.read(path(instance)).get("configuration").has("my.note.5"))
                .isFalse();
    }

    @Test
    void refusesACodeThatIsNone() {
        assertThat(message(api.post("/instances", code("\"" + "c".repeat(4_001) + "\"")), 400))
                .isEqualTo("providerData.code: 4001 characters (expected: text of at most 4000 characters)");
        assertThat(message(api.post("/instances", code("7")), 400))
                .isEqualTo("providerData.code: no text (expected: text of at most 4000 characters)");
    }

    private static String code(String value) {
        return GITHUB.replace("{\"element\"", "{\"providerData\": {\"code\": " + value + "}, \"element\"");
    }
}
