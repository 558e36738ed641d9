package dev.sluice.gateway.providers;

import dev.sluice.gateway.Sluice;
import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway with a database of its own, on a free port, led to fake providers. */
public final class GatewayRig implements AutoCloseable {
    private static final String USER_SECRET = Planted.secret("user");
    private static final String ORGANIZATION_SECRET = Planted.secret("organization");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] EMPTY = {'{', '}'};
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final WebTestClient client;

    /** Starts it. */
    public GatewayRig(FakeProvider... providers) {
        Path directory =
                Path.of("target", "oauth-rig-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--sluice.user-secret=" + USER_SECRET,
                "--sluice.organization-secret=" + ORGANIZATION_SECRET,
                "--sluice.data-dir=" + directory.resolve("data")));
        for (FakeProvider provider : providers) {
            arguments.addAll(provider.settings());
        }
        context = new SpringApplication(Sluice.class).run(arguments.toArray(String[]::new));
        client = Contract.client()
                .defaultHeader("Authorization", "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET)
                .responseTimeout(PATIENCE)
                .build();
    }

    /** Where it listens. */
    public String url() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    }

    /** A part of it. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** The API's answer, whatever its status. */
    public Answer call(HttpMethod method, String path, String body) {
        WebTestClient.RequestBodySpec request =
                client.method(method).uri(URI.create(url() + "/elements/api-v2" + path));
        if (!body.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
        byte[] bytes = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                JsonMapper.shared().readTree(bytes == null || bytes.length == 0 ? EMPTY : bytes));
    }

    /** An answer of the API. */
    public record Answer(int status, JsonNode body) {
        /** The body of a success. */
        public JsonNode ok() {
            if (status != 200) {
                throw new AssertionError("status: " + status + " " + body + " (expected: 200)");
            }
            return body;
        }
    }

    public JsonNode post(String path, String body) {
        return call(HttpMethod.POST, path, body).ok();
    }

    public JsonNode get(String path) {
        return call(HttpMethod.GET, path, "").ok();
    }

    @Override
    public void close() {
        context.close();
    }
}
