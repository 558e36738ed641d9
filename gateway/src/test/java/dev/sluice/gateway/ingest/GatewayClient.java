package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.contract.CheckedHttp;
import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway as customers and providers see it: by HTTP only.
 *
 * @param base its URL, up to the port
 */
record GatewayClient(String base) {
    static final String USER = Planted.secret("user");
    static final String ORGANIZATION = Planted.secret("organization");

    /** What this client shows with each request. */
    static final String AUTHORIZATION = "User " + USER + ", Organization " + ORGANIZATION;

    /** What a gateway is started with for this client. */
    static final String[] SETTINGS = {
        "--management.server.port=0", "--sluice.user-secret=" + USER, "--sluice.organization-secret=" + ORGANIZATION
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** An instance as its owner knows it. */
    record Instance(long id, String webhookUrl) {}

    /** A body that an element's own tests are made with. */
    static byte[] golden(String element, String file) {
        Path sources = Path.of("..", "normalizers", "src");
        Path sample = sources.resolve("main/resources/dev/sluice/normalizers/sample")
                .resolve(element)
                .resolve(file);
        try {
            return Files.readAllBytes(
                    Files.exists(sample)
                            ? sample
                            : sources.resolve("test/resources").resolve(element).resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Makes an instance whose notifications go there. */
    Instance provision(String element, CallbackServer callback, Map<String, String> configuration) {
        Map<String, String> all = new HashMap<>(configuration);
        all.put("event.notification.enabled", "true");
        all.put("event.notification.callback.url", callback.url());
        all.put("event.notification.signature.key", CallbackServer.KEY);
        JsonNode made = api(
                "POST",
                "/instances",
                Map.of("element", Map.of("key", element), "name", element + " test", "configuration", all));
        return new Instance(made.path("id").asLong(), made.path("webhookUrl").asString());
    }

    /** Changes an instance's configuration. */
    void configure(Instance instance, Map<String, String> configuration) {
        api("PATCH", "/instances/" + instance.id(), Map.of("configuration", configuration));
    }

    /** What its owner should know of an instance, as the API says it. */
    List<String> warnings(Instance instance) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(base + "/elements/api-v2/instances/" + instance.id()))
                        .header("Authorization", AUTHORIZATION));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("warnings").values().stream()
                .map(JsonNode::asString)
                .toList();
    }

    private JsonNode api(String method, String path, Object body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + "/elements/api-v2" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", AUTHORIZATION)
                .method(method, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The URL that all instances of an element share. */
    String sharedUrl(String element) {
        return base + "/elements/api-v2/events/" + element;
    }

    /** Posts as a provider does. */
    HttpResponse<String> post(String url, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> postJson(String url, String body) {
        return post(url, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    HttpResponse<String> head(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CheckedHttp.send(HTTP, request.timeout(PATIENCE).build());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
