package dev.sluice.gateway.contract;

import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.isolation.RoutePaths;
import dev.sluice.gateway.isolation.WholeGateway;
import dev.sluice.gateway.provisioning.ApiClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The document and the running gateway: each has what the other has. */
final class OpenApiIT {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

    @TempDir
    private static Path directory;

    private static WholeGateway gateway;
    private static ApiClient api;

    private final ApiDocument document = ApiDocument.load();

    @BeforeAll
    static void start() {
        gateway = new WholeGateway(directory);
        api = gateway.as(WholeGateway.ADMINISTRATOR);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void describesTheRoutesThereAreAndNoOthers() {
        assertThat(document.operations().stream()
                        .map(operation -> ApiDocument.BASE + operation.path())
                        .collect(Collectors.toSet()))
                .isEqualTo(RoutePaths.below(ApiDocument.BASE, gateway.routes()));
    }

    @Test
    void describesTheMethodsThatEachRouteTakesAndNoOthers() {
        Map<String, Set<String>> documented = document.operations().stream()
                .collect(Collectors.groupingBy(
                        Operation::path, Collectors.mapping(Operation::method, Collectors.toSet())));
        documented.forEach((path, methods) -> {
            String filledIn = VARIABLE.matcher(path)
                    .replaceAll(variable -> variable.group(1).matches("keyOrId|elementKey") ? "greenhouse" : "1");
            assertThat(METHODS.stream()
                            .filter(method -> status(method, filledIn) != 405)
                            .map(HttpMethod::name))
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(methods);
        });
    }

    private static int status(HttpMethod method, String path) {
        return called(method, path).returnResult(byte[].class).getStatus().value();
    }

    private static WebTestClient.ResponseSpec called(HttpMethod method, String path) {
        if (method.equals(HttpMethod.GET)) {
            return api.get(path);
        }
        return method.equals(HttpMethod.DELETE) ? api.send(method, path) : api.send(method, path, "{}");
    }

    @Test
    void takesTheRequestsThatItShows() {
        JsonNode github = json(api.post("/instances", example("NewInstance", "github")));
        String instance = path(github);
        for (String element : List.of("box", "hootsuite", "greenhouse", "mailchimpv3")) {
            JsonNode made = json(api.post("/instances", example("NewInstance", element)));
            assertThat(made.get("element").get("key").asString()).isEqualTo(element);
            assertThat(made.get("warnings").toString()).doesNotContain("not known");
        }
        api.post("/elements/github/instances", example("NewInstanceOfElement", ""))
                .expectStatus()
                .isOk();
        for (String change : List.of("callback", "eventsOff", "newKey")) {
            json(api.send(HttpMethod.PATCH, instance, example("InstanceChange", change)));
        }
        json(api.send(HttpMethod.PUT, instance, example("InstanceReplacement", "")));
        json(api.send(
                HttpMethod.PATCH,
                instance + "/configuration/event.notification.callback.url",
                example("SettingChange", "")));
        json(api.post(instance + "/token", example("Rotation", "")));
        json(api.post(instance + "/signature-key", example("SignatureKeyRotation", "")));
        json(api.send(HttpMethod.PUT, "/organizations/1/webhook", example("OrganizationWebhook", "")));
        json(api.send(HttpMethod.PATCH, "/accounts/settings", example("AccountSettings", "")));
    }

    private String example(String body, String name) {
        Part json = document.whole()
                .get("components")
                .get("requestBodies")
                .get(body)
                .get("content")
                .get("application/json");
        return (name.isEmpty()
                        ? json.get("example")
                        : json.get("examples").get(name).get("value"))
                .node()
                .toString();
    }
}
