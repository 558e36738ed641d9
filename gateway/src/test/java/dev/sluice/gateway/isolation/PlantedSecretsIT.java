package dev.sluice.gateway.isolation;

import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.provisioning.ApiClient;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plants one secret wherever a secret can be given, and where none belongs, and looks for it in all that comes out. */
@ExtendWith(OutputCaptureExtension.class)
final class PlantedSecretsIT {
    private static final String PLANTED = Planted.MARKER;

    @TempDir
    private Path directory;

    @Test
    void neverShowsASecretThatWasGiven(CapturedOutput output) throws IOException {
        try (WholeGateway gateway = new WholeGateway(directory, "--logging.level.dev.sluice=trace")) {
            ApiClient api = gateway.as(WholeGateway.ADMINISTRATOR);
            for (Element element : Elements.all().elements()) {
                everythingAboutAnInstance(api, element);
            }
            brokenBodies().forEach(body -> {
                clean(api.post("/instances", body));
                clean(api.post("/organizations", body));
                clean(api.post("/users", body));
            });
            wrongCredentials(gateway);
            clean(gateway.management().get("/health/readiness"));
            clean(gateway.management().get("/prometheus"));
        }
        assertThat(output.getAll()).doesNotMatch(Planted::isIn);
        assertThat(keptWithSecrets()).isEmpty();
    }

    /** Not in the database's files, nor in its log. */
    private List<Path> keptWithSecrets() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, PLANTED))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void everythingAboutAnInstance(ApiClient api, Element element) {
        Map<String, String> configuration = new LinkedHashMap<>();
        for (ConfigurationField field : element.configuration()) {
            if (field.secret()) {
                configuration.put(field.key(), PLANTED);
            } else if (field.requirement() == ConfigurationField.Requirement.REQUIRED) {
                configuration.put(field.key(), "acme");
            }
        }
        configuration.put("event.notification.callback.headers", "X-Key: " + PLANTED);
        configuration.put("my.own.password", PLANTED);
        configuration.put("event.notification.enabled", "true");
        configuration.put("event.notification.callback.url", "http://localhost:1/hook");
        JsonNode created = json(api.post("/instances", body(element, configuration)));
        String path = path(created);
        assertThat(created.toString()).doesNotContain(PLANTED);

        Stream.of(
                        "/instances",
                        path,
                        path + "/configuration",
                        path + "/events",
                        "/elements/" + created.get("elementId"))
                .forEach(read -> clean(api.get(read)));
        configuration.keySet().forEach(key -> clean(api.get(path + "/configuration/" + key)));
        clean(api.send(HttpMethod.PUT, path, created.toString()));
        configuration.put("event.notification.callback.headers", PLANTED);
        clean(api.send(HttpMethod.PATCH, path, body(element, configuration)));
        clean(api.post(path + "/token", "{\"overlap\": \"" + PLANTED + "\"}"));
        webhooks(created);
        clean(api.get(path + "/events"));
        clean(api.send(HttpMethod.DELETE, path));
    }

    private static String body(Element element, Map<String, String> configuration) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "element",
                        Map.of("key", element.descriptor().key()),
                        "name",
                        "x",
                        "configuration",
                        configuration));
    }

    /** Wrongly signed, with secrets in the URL, and with a body that is none: only the sender may know what it was. */
    private static void webhooks(JsonNode instance) {
        WebTestClient provider =
                Contract.client().baseUrl(instance.get("webhookUrl").asString()).build();
        for (String body : List.of("{\"id\": \"" + PLANTED + "\"}", "{" + PLANTED, PLANTED)) {
            clean(provider.post()
                    .uri("?secret=" + PLANTED + "-wrong")
                    .header("Content-Type", "application/json")
                    .header("X-Hub-Signature-256", "sha256=" + PLANTED)
                    .header("Signature", "sha256 " + PLANTED)
                    .bodyValue(body)
                    .exchange());
        }
    }

    private static List<String> brokenBodies() {
        return List.of(
                PLANTED,
                "{\"" + PLANTED,
                "{\"name\": " + PLANTED + "}",
                "{\"name\": \"" + PLANTED + "\" \"tags\": []}",
                "{\"name\": [\"" + PLANTED + "\"]}",
                "{\"name\": \"" + PLANTED + "\\u0000\"}",
                "{\"name\": \"" + PLANTED.repeat(100) + "\"}",
                "{\"element\": {\"key\": \"" + PLANTED + "\"}}",
                "{\"emailAddress\": \"" + PLANTED + "\"}",
                "{\"element\": {\"key\": \"github\"}, \"name\": \"x\", \"configuration\": \"" + PLANTED + "\"}",
                "{\"element\": {\"key\": \"github\"}, \"name\": \"x\", \"configuration\": {\"" + PLANTED.repeat(20)
                        + "\": \"1\"}}",
                "{\"element\": {\"key\": \"github\"}, \"name\": \"x\", \"configuration\":"
                        + " {\"event.notification.callback.url\": \"https://user:" + PLANTED + "@host/\"}}",
                "{\"providerData\": {\"code\": \"" + PLANTED + "\"}}");
    }

    private static void wrongCredentials(WholeGateway gateway) {
        Stream.of(
                        "User " + PLANTED + ", Organization " + PLANTED,
                        WholeGateway.ADMINISTRATOR + ", Element " + PLANTED,
                        "User " + WholeGateway.USER_SECRET + ", Element " + PLANTED,
                        "Bearer " + PLANTED,
                        "Basic cGxhbnRlZC1zZWNyZXQtNDcxMQ==")
                .forEach(credentials -> clean(gateway.as(credentials).get("/instances")));
        clean(gateway.as(WholeGateway.ADMINISTRATOR).get("/instances?nextPage=" + PLANTED));
    }

    private static void clean(ResponseSpec response) {
        EntityExchangeResult<byte[]> answer = response.expectBody().returnResult();
        String shown =
                new String(Objects.requireNonNullElse(answer.getResponseBody(), new byte[0]), StandardCharsets.UTF_8)
                        + answer.getResponseHeaders();
        assertThat(Planted.isIn(shown))
                .as(
                        "%s %s answers %s with a secret",
                        answer.getMethod(), answer.getUrl().getPath(), answer.getStatus())
                .isFalse();
        assertThat(answer.getStatus().value()).isLessThan(500);
    }
}
