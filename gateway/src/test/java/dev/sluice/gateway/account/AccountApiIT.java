package dev.sluice.gateway.account;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiClient;
import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.gateway.provisioning.SharedApiServer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class AccountApiIT {
    private static final String REFUSAL = "Only the administrator, user 1, may do this.";
    private final ApiServer server;
    private final ApiClient api;
    private JsonNode organization;
    private JsonNode user;

    AccountApiIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void makeAnOrganizationWithAUser() {
        organization = json(api.post("/organizations", "{\"name\": \"<b>Acme</b>\"}"));
        user = json(api.post("/users", """
                {"organizationId": %s, "emailAddress": "ann@acme.example", "firstName": "Ann", "lastName": "Lee"}""".formatted(organization.get("id").asString())));
    }

    @Test
    void letsTheNewUserIn() {
        assertThat(organization.get("name").asString()).isEqualTo("Acme");
        assertThat(organization.get("secret").asString()).matches("[0-9a-f]{32}");
        assertThat(user.get("organizationId")).isEqualTo(organization.get("id"));
        JsonNode created = as(user, organization).create(GITHUB);

        assertThat(created.get("user").toString())
                .isEqualTo(
                        "{\"id\":%s,\"emailAddress\":\"ann@acme.example\",\"firstName\":\"Ann\",\"lastName\":\"Lee\"}"
                                .formatted(user.get("id").asString()));
        assertThat(message(api.get(path(created)), 404)).isNotEmpty();
    }

    @Test
    void letsAUserInWithAnElementTokenInsteadOfTheOrganization() {
        String token = as(user, organization).create(GITHUB).get("token").asString();
        String secret = user.get("secret").asString();

        assertThat(client("User " + secret + ", Element " + token).read("/instances/configuration"))
                .isNotEmpty();
        assertThat(client("element " + token + ",user " + secret).read("/instances"))
                .hasSize(1);
        refused(client("User " + ApiServer.USER_SECRET + ", Element " + token));
        refused(client("Element " + token));
    }

    @Test
    void keepsWhatAnAccountWantsToBeDoneWithFailures() {
        ApiClient ann = as(user, organization);
        String own = "/accounts/" + organization.get("id").asString() + "/settings";
        String key = "notification.webhook.failure.policy";
        assertThat(ann.read("/accounts/settings").get(key).asString()).isEqualTo("retry");

        assertThat(json(ann.post("/accounts/settings", "{\"" + key + "\": \"queue\"}"))
                        .get(key)
                        .asString())
                .isEqualTo("queue");
        assertThat(api.read(own).get(key).asString()).isEqualTo("queue");
        assertThat(json(ann.send(HttpMethod.PATCH, own, "{\"" + key + "\": \"retry\"}"))
                        .get(key)
                        .asString())
                .isEqualTo("retry");
        assertThat(message(ann.post(own, "{\"" + key + "\": \"drop\"}"), 400)).contains("retry or queue");
        assertThat(message(ann.post(own, "{\"other\": \"x\"}"), 400)).contains(key);
        assertThat(message(ann.get("/accounts/1/settings"), 404)).isEqualTo("No account found with ID 1");
    }

    @Test
    void listsTheInstancesOfOnesOwnAccountAndOfNoOther() {
        ApiClient ann = as(user, organization);
        JsonNode instance = ann.create(GITHUB);
        String own = organization.get("id").asString();

        assertThat(ann.read("/accounts/instances").get(0)).isEqualTo(instance);
        assertThat(ann.read("/accounts/" + own + "/instances?tags[]=Docs").get(0))
                .isEqualTo(instance);
        assertThat(message(ann.get("/accounts/1/instances"), 404)).isEqualTo("No account found with ID 1");
        // The administrator makes accounts, and is not of them.
        assertThat(message(api.get("/accounts/" + own + "/instances"), 404))
                .isEqualTo("No account found with ID %s", own);
    }

    @Test
    void listsWithoutSecrets() {
        JsonNode organizations = api.read("/organizations");
        JsonNode users =
                api.read("/users?organizationId=" + organization.get("id").asString());

        assertThat(organizations.get(0).get("id").asInt()).isOne();
        assertThat(organizations.toString()).contains("Acme").doesNotContain("secret");
        assertThat(users).hasSize(1);
        assertThat(users.toString()).contains("ann@acme.example").doesNotContain("secret");
        ResponseSpec first = api.get("/users?pageSize=1");
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        assertThat(api.read("/users?pageSize=1&nextPage=" + next)
                        .get(0)
                        .get("id")
                        .asInt())
                .isGreaterThan(1);
    }

    @Test
    void keepsTheFormerSecretForTheOverlapAndNoLonger() {
        JsonNode second = rotate("/users/" + user.get("id").asString(), "{}");
        as(user, organization).get("/instances/count").expectStatus().isOk();
        as(second, organization).get("/instances/count").expectStatus().isOk();

        JsonNode third = rotate("/users/" + user.get("id").asString(), "{\"overlap\": \"30m\"}");
        refused(as(user, organization));
        as(second, organization).get("/instances/count").expectStatus().isOk();

        JsonNode last = rotate("/users/" + user.get("id").asString(), "{\"overlap\": \"0s\"}");
        refused(as(third, organization));
        as(last, organization).get("/instances/count").expectStatus().isOk();
    }

    @Test
    void rotatesAnOrganizationsSecret() {
        String path = "/organizations/" + organization.get("id").asString();

        JsonNode second = json(api.send(HttpMethod.POST, path + "/secret"));
        as(user, organization).get("/instances/count").expectStatus().isOk();
        as(user, second).get("/instances/count").expectStatus().isOk();
        rotate(path, "{\"overlap\": \"0s\"}");

        refused(as(user, organization));
        refused(as(user, second));
    }

    @Test
    void rotatesAnInstancesToken() {
        ApiClient ann = as(user, organization);
        JsonNode created = ann.create(GITHUB);
        String first = created.get("token").asString();
        JsonNode second = json(ann.post(path(created) + "/token", "{\"overlap\": \"1h\"}"));

        assertThat(second.get("token").asString()).isNotEqualTo(first);
        assertThat(withToken(first).read("/instances/configuration")).isNotEmpty();
        JsonNode third =
                json(withToken(second.get("token").asString()).post("/instances/token", "{\"overlap\": \"0s\"}"));

        assertThat(third.get("id")).isEqualTo(created.get("id"));
        assertThat(third.get("configuration")).isEqualTo(created.get("configuration"));
        refused(withToken(first));
        refused(withToken(second.get("token").asString()));
        assertThat(withToken(third.get("token").asString()).read("/instances/configuration"))
                .isNotEmpty();
    }

    @Test
    void isForTheAdministratorOnly() {
        ApiClient ann = as(user, organization);
        String own = user.get("id").asString();

        for (String path :
                List.of("/organizations", "/users", "/organizations/1/secret", "/users/" + own + "/secret")) {
            assertThat(message(ann.post(path, "{\"name\": \"mine\"}"), 403)).isEqualTo(REFUSAL);
        }
        assertThat(message(ann.get("/organizations"), 403)).isEqualTo(REFUSAL);
        assertThat(message(ann.get("/users"), 403)).isEqualTo(REFUSAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/organizations | {} | 400 | name: missing",
                "/organizations | {\"name\": 1} | 400 | name: no text",
                "/users | {\"emailAddress\": \"x\"} | 400 | emailAddress: not understood (expected: name@host)",
                "/users | {\"emailAddress\": \"a@b\", \"firstName\": \"A\"} | 400 | lastName: missing",
                "/users | {\"organizationId\": \"1\", \"emailAddress\": \"a@b\"} | 400 | organizationId: no whole number",
                "/users | {\"organizationId\": 999999, \"emailAddress\": \"a@b\", \"firstName\": \"A\", \"lastName\": \"B\"}"
                        + " | 400 | organizationId: unknown",
                "/users/999999/secret | {} | 404 | id: no such organization or user",
                "/users/x/secret | {} | 404 | id: no such",
                "/users/1/secret | {} | 409 | user 1: its secret is a setting",
                "/organizations/1/secret | {} | 409 | organization 1: its secret is a setting",
                "/organizations/2/secret | {\"overlap\": \"soon\"} | 400 | overlap: not understood (expected: 0s..30d",
                "/organizations/2/secret | {\"overlap\": \"31d\"} | 400 | overlap: 31d (expected: 0s..30d"
            })
    void saysWhatIsWrong(String path, String body, int status, String problem) {
        assertThat(message(api.post(path, body), status)).startsWith(problem);
    }

    private JsonNode rotate(String path, String body) {
        return json(api.post(path + "/secret", body));
    }

    private ApiClient as(JsonNode someone, JsonNode of) {
        return client("User " + someone.get("secret").asString() + ", Organization "
                + of.get("secret").asString());
    }

    private ApiClient withToken(String token) {
        return client("User " + user.get("secret").asString() + ", Element " + token);
    }

    private ApiClient client(String authorization) {
        return new ApiClient(server.as(authorization));
    }

    private static void refused(ApiClient client) {
        assertThat(message(client.get("/instances"), 401)).startsWith("Invalid Organization or User secret");
    }
}
