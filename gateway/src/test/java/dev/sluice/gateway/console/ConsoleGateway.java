package dev.sluice.gateway.console;

import dev.sluice.gateway.isolation.WholeGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway that all tests of the console share, and who has accounts there. */
final class ConsoleGateway implements AutoCloseable {
    static final String ORGANIZATION = "organization-secret";
    static final String USER = "user-secret";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WholeGateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Visit administrator;
    private final Visit stranger;

    ConsoleGateway() throws IOException, InterruptedException {
        gateway = new WholeGateway(Files.createTempDirectory("console"));
        administrator = visit();
        administrator.signIn(ORGANIZATION, USER);
        JsonNode organization = api("/organizations", "{\"name\": \"Stranger\"}");
        JsonNode user = api(
                "/users",
                "{\"organizationId\": " + organization.path("id")
                        + ", \"emailAddress\": \"s@example.org\", \"firstName\": \"S\", \"lastName\": \"S\"}");
        stranger = visit();
        stranger.signIn(
                organization.path("secret").asString(), user.path("secret").asString());
    }

    /** Gives tests the one that is started with the first of them. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ConsoleGateway.class;
        }

        @Override
        public ConsoleGateway resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(ConsoleGateway.class))
                    .computeIfAbsent(ConsoleGateway.class, unused -> start(), ConsoleGateway.class);
        }

        private static ConsoleGateway start() {
            try {
                return new ConsoleGateway();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    String url() {
        return gateway.url();
    }

    /** A browser nobody has signed in with yet. */
    Visit visit() {
        return new Visit(gateway.url());
    }

    /** Signed in as the administrator. */
    Visit administrator() {
        return administrator;
    }

    /** Signed in as a user of another organization. */
    Visit stranger() {
        return stranger;
    }

    private JsonNode api(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/elements/api-v2" + path))
                .header("Authorization", WholeGateway.ADMINISTRATOR)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
