package dev.sluice.gateway.redelivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.Sluice;
import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All of the gateway in this process, its API and its way in. */
public final class SendingGateway implements AutoCloseable {
    private static final String USER_SECRET = Planted.secret("user");
    private static final String ORGANIZATION_SECRET = Planted.secret("organization");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;
    private final WebTestClient client;

    private SendingGateway(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = Contract.client()
                .baseUrl(base())
                .defaultHeader("Authorization", "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET)
                .responseTimeout(PATIENCE)
                .build();
    }

    /** Starts it with these settings, each as {@code --name=value}. */
    public static SendingGateway start(Path directory, String... settings) {
        String[] common = {
            "--server.port=0",
            "--management.server.port=0",
            "--sluice.data-dir=" + directory.resolve("data"),
            "--sluice.user-secret=" + USER_SECRET,
            "--sluice.organization-secret=" + ORGANIZATION_SECRET
        };
        return new SendingGateway(new SpringApplication(Sluice.class)
                .run(Stream.of(common, settings).flatMap(Stream::of).toArray(String[]::new)));
    }

    /** Where the API is. */
    public String base() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"))
                + "/elements/api-v2";
    }

    /** Makes an instance; its id. */
    public String instance(String callback) {
        return json(request(HttpMethod.POST, "/instances").bodyValue("""
                        {"element": {"key": "github"}, "name": "x", "configuration": {
                          "github.organization": "acme", "github.repository": "shop", "event.notification.enabled": "true",
                          "event.notification.callback.url": "%s"}}""".formatted(callback)))
                .get("id")
                .asString();
    }

    public void setCallback(String instance, String callback) {
        json(request(HttpMethod.PATCH, "/instances/" + instance).bodyValue("""
                        {"configuration": {"event.notification.callback.url": "%s"}}""".formatted(callback)));
    }

    /** Sends a webhook to the instance; the event's id, once it is found by a filter. */
    public String send(String instance) {
        String encodedId = Base64.getEncoder().encodeToString(instance.getBytes(US_ASCII));
        String commit = UUID.randomUUID().toString().replace("-", "");
        client.post()
                .uri(URI.create(base() + "/events/github/" + encodedId))
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", commit)
                .bodyValue("{\"ref\": \"refs/heads/main\", \"after\": \"" + commit + "\"}")
                .exchange()
                .expectStatus()
                .isOk();
        // The list has it at once; a filter finds it when its first outcome is written.
        await().atMost(PATIENCE)
                .until(() -> !get("/instances/" + instance + "/events?objectType=push")
                        .isEmpty());
        return get("/instances/" + instance + "/events").get(0).get("id").asString();
    }

    public JsonNode get(String path) {
        return json(request(HttpMethod.GET, path));
    }

    public JsonNode post(String path) {
        return json(request(HttpMethod.POST, path));
    }

    public JsonNode put(String path, String body) {
        return json(request(HttpMethod.PUT, path).bodyValue(body));
    }

    public JsonNode delete(String path) {
        return json(request(HttpMethod.DELETE, path));
    }

    public JsonNode put(String path) {
        return json(request(HttpMethod.PUT, path));
    }

    /** Sends a body that is to be taken. */
    public JsonNode send(HttpMethod method, String path, String body) {
        return json(request(method, path).bodyValue(body));
    }

    /** A client that shows these credentials, below {@link #base}. */
    public WebTestClient as(String authorization) {
        return client.mutate()
                .defaultHeaders(headers -> headers.set("Authorization", authorization))
                .build();
    }

    /** An answer of whatever kind. */
    public WebTestClient.ResponseSpec exchange(HttpMethod method, String path) {
        return request(method, path).exchange();
    }

    private RequestBodySpec request(HttpMethod method, String path) {
        return client.method(method).uri(URI.create(base() + path)).contentType(MediaType.APPLICATION_JSON);
    }

    private static JsonNode json(WebTestClient.RequestHeadersSpec<?> request) {
        byte[] body = request.exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }

    @Override
    public void close() {
        context.close();
    }
}
