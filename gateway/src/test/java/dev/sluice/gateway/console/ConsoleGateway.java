package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.isolation.WholeGateway;
import dev.sluice.gateway.providers.FakeProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.web.reactive.function.server.RouterFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway that all tests of the console share, and who has accounts there. */
public final class ConsoleGateway implements AutoCloseable {
    /** The administrator's organization's secret. */
    public static final String ORGANIZATION = WholeGateway.ORGANIZATION_SECRET;

    /** The administrator's. */
    public static final String USER = WholeGateway.USER_SECRET;

    private static final Pattern WEBHOOK_URL = Pattern.compile("value=\"(http[^\"]+/events/greenhouse/[^\"]+)\"");
    private static final Pattern EVENT = Pattern.compile("/console/events/([A-Za-z0-9_-]{32})\"");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeProvider github = new FakeProvider("github");
    private final OidcServer oidc = new OidcServer();
    private final WholeGateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Visit administrator;
    private final Visit stranger;

    ConsoleGateway() throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(github.settings());
        settings.addAll(oidc.settings());
        // Tests are the proxy, where they say so.
        settings.add("--sluice.trusted-proxies=127.0.0.0/8,::1/128");
        gateway = new WholeGateway(Files.createTempDirectory("console"), settings.toArray(String[]::new));
        administrator = visit();
        administrator.signIn(ORGANIZATION, USER);
        stranger = newcomer("Stranger");
    }

    /** Signed in as the only user of a new organization of that name, a word. */
    public Visit newcomer(String name) throws IOException, InterruptedException {
        Secrets secrets = secrets(name);
        Visit visit = visit();
        visit.signIn(secrets.organization(), secrets.user());
        return visit;
    }

    /** What the only user of an organization signs in with. */
    public record Secrets(String organization, String user) {}

    /** Those of a new organization of that name, a word. */
    public Secrets secrets(String name) throws IOException, InterruptedException {
        JsonNode organization = api("/organizations", "{\"name\": \"" + name + "\"}");
        JsonNode user = api(
                "/users",
                "{\"organizationId\": " + organization.path("id") + ", \"emailAddress\": \"" + name
                        + "@example.org\", \"firstName\": \"S\", \"lastName\": \"S\"}");
        return new Secrets(
                organization.path("secret").asString(), user.path("secret").asString());
    }

    /** Gives tests the one that is started with the first of them; test classes are launched one by one, in one session. */
    public static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ConsoleGateway.class;
        }

        @Override
        public ConsoleGateway resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ConsoleGateway.class))
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

    /** Where it is. */
    public String url() {
        return gateway.url();
    }

    /** All that is served. */
    public List<RouterFunction<?>> routes() {
        return gateway.routes();
    }

    /** One text that is another as soon as any row of that table that fulfils the condition is. */
    String digest(String table, String condition) {
        return gateway.digest(table, condition);
    }

    /** Whom instances of GitHub are connected to. */
    public FakeProvider github() {
        return github;
    }

    /** Who signs users in beside. */
    OidcServer oidc() {
        return oidc;
    }

    /** A browser nobody has signed in with yet. */
    public Visit visit() {
        return new Visit(gateway.url());
    }

    /** Signed in as the administrator. */
    public Visit administrator() {
        return administrator;
    }

    /** Signed in as a user of another organization. */
    Visit stranger() {
        return stranger;
    }

    /** Makes an instance of Greenhouse with that callback; its page. */
    public String made(String name, String callback) throws IOException, InterruptedException {
        HttpResponse<String> made = administrator.post(
                "/console/elements/greenhouse/create",
                Map.of(
                        "name", name,
                        "event.notification.enabled", "true",
                        "event.notification.callback.url", callback));
        return made.headers().firstValue("Location").orElseThrow().replaceAll("\\?.*", "");
    }

    /** Sends a webhook to the instance of that page; the event's id. */
    String received(String instance, String body) throws IOException, InterruptedException {
        Matcher url = WEBHOOK_URL.matcher(administrator.get(instance).body());
        assertThat(url.find()).isTrue();
        HttpRequest webhook = HttpRequest.newBuilder(URI.create(url.group(1)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
        assertThat(http.send(webhook, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        Matcher event = EVENT.matcher(administrator
                .get("/console/events?instance=" + instance.replaceAll(".*/", ""))
                .body());
        assertThat(event.find()).isTrue();
        return event.group(1);
    }

    /** An order to send that instance's events again, three quarters done: nobody goes on with it before the test is over. */
    public void orderHalfWay(String instance) {
        execute("INSERT INTO redelivery_job (organization_id, instance_id, from_id, after_id, before_id, next_at)"
                + " VALUES (1, " + instance.replaceAll(".*/", "") + ", " + place("00:00") + ", " + place("06:00") + ", "
                + place("08:00") + ", now() + interval '1 hour')");
    }

    /** Lets the order come as far as whoever goes on with it would by then. */
    public void goOn(String instance) {
        execute("UPDATE redelivery_job SET after_id = " + place("07:00") + " WHERE instance_id = "
                + instance.replaceAll(".*/", ""));
    }

    private static String place(String time) {
        return "(lpad(to_hex((extract(epoch FROM timestamptz '2026-01-01T" + time
                + "Z') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid";
    }

    /** The link that a start prints in the terminal: its path. */
    public String signInLink() {
        return gateway.signInLink();
    }

    /** Makes the database as a test needs it. */
    void execute(String sql) {
        gateway.execute(sql);
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
        github.close();
        oidc.close();
    }
}
