package dev.sluice.gateway.isolation;

import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.provisioning.ApiClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/**
 * Walks every route there is with every method, with the credentials of another organization, towards what belongs to one:
 * nothing of it comes out and nothing of it changes. The routes are asked for, not listed, so that a new one is walked too.
 */
final class IsolationIT {
    private static final String API = "/elements/api-v2";
    private static final String MARKER = "marker-of-the-owner";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

    /** Names nobody's property. */
    private static final Set<String> PUBLIC = Set.of("keyOrId", "elementKey", "configId");

    @TempDir
    private static Path directory;

    private static WholeGateway gateway;
    private static JsonNode organization;
    private static JsonNode user;
    private static JsonNode instance;
    private static String eventId;
    private static JsonNode delivery;
    private static ApiClient owner;

    @BeforeAll
    static void start() {
        gateway = new WholeGateway(directory, "--sluice.api.burst=1000000");
        ApiClient administrator = gateway.as(WholeGateway.ADMINISTRATOR);
        organization = organization(administrator, MARKER);
        user = user(administrator, organization, MARKER);
        owner = gateway.as(credentials(user, organization));
        instance = owner.create("""
                {"element": {"key": "github"}, "name": "marker-of-the-owner", "tags": ["marker-of-the-owner"],
                 "configuration": {
                   "github.organization": "acme", "github.repository": "shop", "event.notification.enabled": true,
                   "event.notification.callback.url": "https://callback.invalid/marker-of-the-owner"}}""");
        eventId = storeAnEvent();
        delivery = await().atMost(Duration.ofSeconds(20))
                .until(() -> owner.read("/notifications/subscriptions/deliveries"), found -> !found.isEmpty())
                .get(0);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static JsonNode organization(ApiClient administrator, String name) {
        return json(administrator.post("/organizations", "{\"name\": \"" + name + "\"}"));
    }

    private static JsonNode user(ApiClient administrator, JsonNode of, String name) {
        return json(administrator.post("/users", """
                {"organizationId": %s, "emailAddress": "%s@example.com", "firstName": "%s", "lastName": "x"}""".formatted(of.get("id").asString(), name, name)));
    }

    private static String credentials(JsonNode someone, JsonNode of) {
        return "User " + someone.get("secret").asString() + ", Organization "
                + of.get("secret").asString();
    }

    private static String storeAnEvent() {
        Contract.client()
                .build()
                .post()
                .uri(instance.get("webhookUrl").asString())
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .bodyValue("{\"ref\": \"refs/heads/marker-of-the-owner\"}")
                .exchange()
                .expectStatus()
                .isOk();
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> owner.read(path(instance) + "/events"), events -> !events.isEmpty())
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void keepsAllOfAnOrganizationFromEveryOther() {
        ApiClient administrator = gateway.as(WholeGateway.ADMINISTRATOR);
        JsonNode otherOrganization = organization(administrator, "other");
        JsonNode other = user(administrator, otherOrganization, "other");
        String token = instance.get("token").asString();
        List<String> foreign = List.of(
                credentials(other, otherOrganization),
                credentials(other, otherOrganization) + ", Element " + token,
                "User " + other.get("secret").asString() + ", Element " + token,
                credentials(user, otherOrganization),
                credentials(other, organization),
                "Basic dXNlcjpwYXNz");
        List<String> before = state();

        for (String credentials : foreign) {
            ApiClient stranger = gateway.as(credentials);
            calls().forEach(call -> refused(call, call.send(stranger)));
        }

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void reachesWhatItGuards() {
        List<Call> served = calls().stream()
                .filter(call -> call.method().equals(HttpMethod.GET) && call.owned())
                .filter(call -> call.send(owner).getStatus().is2xxSuccessful())
                .toList();

        assertThat(served)
                .extracting(Call::pattern)
                .contains(
                        API + "/instances/{id}",
                        API + "/instances/{id}/configuration/{configId}",
                        API + "/instances/{id}/events/{eventId}",
                        API + "/instances/events/{eventId}",
                        API + "/notifications/{nid}",
                        API + "/notifications/{nid}/subscriptions/{sid}/deliveries",
                        API + "/notifications/subscriptions/{sid}");
    }

    /** One method on one path. */
    private record Call(String pattern, String path, HttpMethod method) {
        private EntityExchangeResult<byte[]> send(ApiClient client) {
            return client.send(method, path, method.equals(HttpMethod.GET) ? "" : """
                            {"name": "stolen", "element": {"key": "github"}, "propertyValue": "stolen", "overlap": "0s",
                             "configuration": {"github.organization": "stolen", "github.repository": "stolen"}}""")
                    .expectBody()
                    .returnResult();
        }

        /** Whether the path names something that is the owner's. */
        private boolean owned() {
            return variables(pattern).stream().anyMatch(variable -> !PUBLIC.contains(variable));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (String pattern : RoutePaths.below(API, gateway.routes())) {
            for (String path : filledIn(pattern)) {
                METHODS.forEach(method -> calls.add(new Call(pattern, path.substring(API.length()), method)));
            }
        }
        return calls;
    }

    private static List<String> variables(String pattern) {
        return VARIABLE.matcher(pattern).results().map(found -> found.group(1)).toList();
    }

    /** The pattern with everything of the owner's that each variable might mean. */
    private static List<String> filledIn(String pattern) {
        Matcher variable = VARIABLE.matcher(pattern);
        if (!variable.find()) {
            return List.of(pattern);
        }
        List<String> filled = new ArrayList<>();
        for (String value : values(variable.group(1))) {
            filled.addAll(filledIn(pattern.substring(0, variable.start()) + value + pattern.substring(variable.end())));
        }
        return filled;
    }

    private static List<String> values(String variable) {
        String id = instance.get("id").asString();
        Map<String, List<String>> known = Map.of(
                "keyOrId", List.of("github"),
                "elementKey", List.of("github"),
                "encodedId", List.of(instance.get("encodedId").asString()),
                "eventId", List.of(eventId),
                "configId", List.of("github.repository"),
                "nid", List.of(delivery.get("notificationId").asString()),
                "sid", List.of(delivery.get("subscriptionId").asString()),
                "id",
                        List.of(
                                id,
                                organization.get("id").asString(),
                                user.get("id").asString()));
        return known.getOrDefault(
                variable, List.of(id, eventId, organization.get("id").asString()));
    }

    private static void refused(Call call, EntityExchangeResult<byte[]> answer) {
        byte[] body = Objects.requireNonNullElse(answer.getResponseBody(), new byte[0]);
        assertThat(new String(body, StandardCharsets.UTF_8) + answer.getResponseHeaders())
                .as("%s answers", call)
                .doesNotContain(MARKER)
                .doesNotContain(instance.get("token").asString())
                .doesNotContain(user.get("secret").asString());
        if (call.owned() && !call.pattern().startsWith(API + "/events/")) {
            assertThat(answer.getStatus().value()).as("%s answers", call).isIn(401, 403, 404, 405);
        }
    }

    /** All that is the owner's: rows, and what its reads show. */
    private static List<String> state() {
        String instanceId = instance.get("id").asString();
        String organizationId = organization.get("id").asString();
        return List.of(
                gateway.digest("organization", "id = " + organizationId),
                gateway.digest("account_user", "organization_id = " + organizationId),
                gateway.digest("instance", "organization_id = " + organizationId),
                gateway.digest("endpoint", "instance_id = " + instanceId),
                gateway.digest("acknowledgement", "true"),
                owner.read("/instances").toString(),
                owner.read("/instances/" + instanceId + "/configuration").toString());
    }
}
