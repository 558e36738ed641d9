package dev.sluice.gateway.provisioning;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InstanceApiIT {
    private static final String PLANTED = "planted-secret-4711";
    private static final String UNAUTHORIZED =
            "Invalid Organization or User secret, or invalid Element token provided.";
    private static final String GITHUB = """
            {"element": {"key": "github"}, "name": "<b>Shop</b>", "tags": ["<i>Docs</i>"],
             "configuration": {
               "github.organization": "acme", "github.repository": "shop",
               "event.notification.enabled": true,
               "event.notification.callback.url": "https://a.example/hook, https://b.example/hook",
               "event.notification.signature.key": "planted-secret-4711",
               "event.vendor.signature.key": "planted-secret-4711"}}""";

    private static final ApiServer SERVER = ApiServer.start();

    private final WebTestClient client = SERVER.as(ApiServer.CALLER);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void empty() {
        SERVER.database().client().sql("TRUNCATE instance CASCADE").then().block();
    }

    @Test
    void answersACreationInTheOriginalsShape() {
        JsonNode created = create(GITHUB);

        long id = created.get("id").asLong();
        String encodedId = Base64.getEncoder().encodeToString(String.valueOf(id).getBytes(US_ASCII));
        assertThat(created.get("name").asString()).isEqualTo("Shop");
        assertThat(created.get("tags").get(0).asString()).isEqualTo("Docs");
        assertThat(created.get("token").asString()).hasSizeGreaterThan(20);
        assertThat(created.get("element").get("key").asString()).isEqualTo("github");
        assertThat(created.get("elementId").asInt()).isEqualTo(6291);
        assertThat(created.get("valid").asBoolean()).isTrue();
        assertThat(created.get("disabled").asBoolean()).isFalse();
        assertThat(created.get("eventsEnabled").asBoolean()).isTrue();
        assertThat(created.get("user").get("id").asLong()).isOne();
        assertThat(created.get("encodedId").asString()).isEqualTo(encodedId);
        assertThat(created.get("webhookUrl").asString())
                .isEqualTo("%s/elements/api-v2/events/github/%s", SERVER.url(), encodedId);
        assertThat(created.get("warnings")).isEmpty();
        assertThat(created.has("providerData")).isFalse();
    }

    @Test
    void showsConfigurationAsTextNullsAndMasks() {
        JsonNode configuration = create(GITHUB).get("configuration");

        assertThat(configuration.get("event.notification.enabled").asString()).isEqualTo("true");
        assertThat(configuration.get("event.notification.enabled").isString()).isTrue();
        assertThat(configuration.get("oauth.api.key").isNull()).isTrue();
        assertThat(configuration.get("event.notification.signature.key").asString())
                .isEqualTo("********");
        assertThat(configuration.toString()).doesNotContain(PLANTED);
    }

    @Test
    void readsBackWhatItCreated() {
        JsonNode created = create(GITHUB);

        assertThat(json(client.get()
                        .uri("/instances/{id}/", created.get("id").asString())
                        .exchange()))
                .isEqualTo(created);
    }

    @Test
    void takesTheElementFromThePathByKeyOrNumber() {
        String body = GITHUB.replace("\"element\": {\"key\": \"github\"},", "");

        assertThat(json(post("/elements/github/instances", body))
                        .get("elementId")
                        .asInt())
                .isEqualTo(6291);
        assertThat(json(post("/elements/6291/instances", body)).get("elementId").asInt())
                .isEqualTo(6291);
        assertThat(message(post("/elements/nothing/instances", body), 404)).contains("github");
        assertThat(message(post("/instances", body), 400)).startsWith("element.key: missing");
    }

    @Test
    void makesTheNameATagWhenNoneIsGiven() {
        assertThat(create(GITHUB.replace("\"tags\": [\"<i>Docs</i>\"],", ""))
                        .get("tags")
                        .get(0)
                        .asString())
                .isEqualTo("Shop");
    }

    @Test
    void keepsKeysItDoesNotKnowAndHidesThoseThatSoundSecret() {
        JsonNode created = create(GITHUB.replace(
                "\"github.organization\"",
                "\"my.color\": 7, \"my.password\": \"planted-secret-4711\", \"github.organization\""));

        assertThat(created.get("configuration").get("my.color").asString()).isEqualTo("7");
        assertThat(created.get("configuration").get("my.password").asString()).isEqualTo("********");
        assertThat(created.get("warnings").toString()).contains("my.color, my.password");
    }

    @Test
    void namesAllMissingKeys() {
        assertThat(message(post("/instances", "{\"element\":{\"key\":\"github\"},\"name\":\"x\"}"), 400))
                .contains("github.organization, github.repository missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://a.example/ | URL 1 does not begin with http:// or https://",
                "https://ok.example, https://u:planted-secret-4711@a.example/ | URL 2 holds credentials",
                "https:///path | URL 1 ",
                "a.example/hook | URL 1 does not begin",
                "https://a.example/x y | URL 1 is no URL at character 20"
            })
    void saysWhichCallbackUrlIsWrongWithoutQuotingIt(String urls, String problem) {
        assertThat(message(
                        post("/instances", GITHUB.replace("https://a.example/hook, https://b.example/hook", urls)),
                        400))
                .startsWith("event.notification.callback.url: ")
                .contains(problem)
                .doesNotContain(PLANTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.cloud-elements.example/elements/api-v2/events/github/",
                "http://anything/prefix//elements/api-v2/x/../events/github/MTIz"
            })
    void storesButNeverSendsToAWebhookUrl(String url) {
        JsonNode created = create(GITHUB.replace("https://a.example/hook", url));

        assertThat(created.get("warnings").toString()).contains("none is sent there");
        assertThat(SERVER.database()
                        .client()
                        .sql("SELECT string_agg(state, ',' ORDER BY position) AS states FROM endpoint")
                        .fetch()
                        .one()
                        .block())
                .containsEntry("states", "looped,active");
    }

    @Test
    void refusesARetryScheduleThatCannotBeRead() {
        assertThat(message(
                        post(
                                "/instances",
                                GITHUB.replace(
                                        "\"github.organization\"",
                                        "\"event.notification.retry.schedule\": \"soon\", \"github.organization\"")),
                        400))
                .startsWith("event.notification.retry.schedule: ");
    }

    @Test
    void warnsThatNothingProvesAWebhooksOrigin() {
        assertThat(create(GITHUB.replace("event.vendor.signature.key", "ignored"))
                        .get("warnings")
                        .toString())
                .contains("event.vendor.signature.key is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\" \"tags\": []} | line 1, column 14: a comma seems to be missing",
                "{\"name\": \"x\",} | line 1, column 14: a name in double quotes is expected; the comma",
                "{\"name\" \"x\"} | line 1, column 9: a colon seems to be missing",
                "{\"name\": \"x\" | the body ends too early",
                "{\"name\": planted-secret-4711} | line 1, column",
                "[] | JSON, but no object",
                "{\"name\": 7} | name: no text",
                "{\"tags\": 7} | tags: no array",
                "{\"configuration\": []} | configuration: no object",
                "{\"element\": {}} | element.key: missing",
                "{\"element\": {\"key\": \"x\"}} | element.key: unknown (expected: one of",
                "{\"element\": {\"key\": \"github\"}} | name: missing",
                "{\"element\": {\"key\": \"github\"}, \"name\": \"x\", \"providerData\": {\"code\": \"planted-secret-4711\"}}"
                        + " | github.repository, oauth.api.key, oauth.api.secret, oauth.callback.url missing"
            })
    void saysWhatIsWrongWithABody(String body, String problem) {
        assertThat(message(post("/instances", body), 400)).contains(problem).doesNotContain(PLANTED);
    }

    @Test
    void refusesBodiesThatAreEmptyTooLongOrNoJson() {
        assertThat(message(post("/instances", ""), 400)).isEqualTo("body: empty (expected: a JSON object)");
        assertThat(message(post("/instances", " ".repeat(1024 * 1024 + 1)), 413))
                .contains("1048576 bytes");
        assertThat(message(
                        client.post()
                                .uri("/instances")
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .bodyValue("a=b")
                                .exchange(),
                        415))
                .contains("expected: application/json");
        assertThat(message(post("/instances", "[".repeat(10_000)), 400)).contains("nested too deeply");
    }

    @Test
    void saysWhichMethodsAreAllowed() {
        ResponseSpec answer = client.method(HttpMethod.PUT).uri("/instances").exchange();

        answer.expectHeader().valueEquals(HttpHeaders.ALLOW, "GET,POST");
        assertThat(message(answer, 405)).isEqualTo("method: PUT (expected: GET or POST)");
        assertThat(message(client.get().uri("/nothing/here").exchange(), 404)).startsWith("path: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User us+er/==, Organization wrong",
                "User wrong, Organization org-1",
                "User us+er/==",
                "User other-user, Organization org-1",
                "User us+er/==, Organization org-1, Element wrong",
                "Basic dXNlcjpwYXNz",
                "nonsense"
            })
    void refusesWhoeverDoesNotProveWhoTheyAre(String authorization) {
        assertThat(message(SERVER.as(authorization).get().uri("/instances").exchange(), 401))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void refusesWhoeverShowsNothingOnEveryPathOfTheApi() {
        WebTestClient nobody = WebTestClient.bindToServer()
                .baseUrl(SERVER.url() + "/elements/api-v2")
                .build();

        for (String path : List.of("/instances", "/instances/1", "/elements/github/instances", "/nothing", "")) {
            assertThat(message(nobody.get().uri(path).exchange(), 401)).isEqualTo(UNAUTHORIZED);
        }
        assertThat(message(nobody.get().uri("/events/github/x").exchange(), 404))
                .startsWith("path: ");
    }

    @Test
    void takesSecretsInAnyOrderAndCaseAndTheElementToken() {
        JsonNode created = create(GITHUB);
        String token = created.get("token").asString();

        SERVER.as("organization org-1,ELEMENT " + token + " , user us+er/==")
                .get()
                .uri("/instances/{id}", created.get("id").asString())
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(message(
                        SERVER.as(ApiServer.STRANGER + ", Element " + token)
                                .get()
                                .uri("/instances")
                                .exchange(),
                        401))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void hidesEverythingFromOtherOrganizations() {
        String id = create(GITHUB).get("id").asString();
        WebTestClient stranger = SERVER.as(ApiServer.STRANGER);

        assertThat(message(stranger.get().uri("/instances").exchange(), 404)).isNotEmpty();
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.DELETE, HttpMethod.PATCH, HttpMethod.PUT)) {
            assertThat(message(
                            stranger.method(method)
                                    .uri("/instances/{id}", id)
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .bodyValue("{\"name\":\"stolen\"}")
                                    .exchange(),
                            404))
                    .isEqualTo("Invalid Element Instance Id provided.");
        }
        assertThat(json(client.get().uri("/instances/{id}", id).exchange())
                        .get("name")
                        .asString())
                .isEqualTo("Shop");
        assertThat(message(client.get().uri("/instances/abc").exchange(), 404))
                .isEqualTo("Invalid Element Instance Id provided.");
    }

    @Test
    void changesOnlyWhatAPatchMentions() {
        JsonNode created = create(GITHUB);

        JsonNode patched = send(HttpMethod.PATCH, created, """
                {"configuration": {"event.notification.callback.url": ["https://c.example/hook"],
                                   "event.notification.signature.key": "********",
                                   "event.vendor.signature.key": null}}""");

        assertThat(patched.get("name").asString()).isEqualTo("Shop");
        JsonNode configuration = patched.get("configuration");
        assertThat(configuration.get("github.organization").asString()).isEqualTo("acme");
        assertThat(configuration.get("event.notification.callback.url").asString())
                .isEqualTo("[\"https://c.example/hook\"]");
        assertThat(configuration.get("event.vendor.signature.key").isNull()).isTrue();
        assertThat(stored(created).configuration()).containsEntry("event.notification.signature.key", PLANTED);
        assertThat(stored(created).endpoints()).extracting("url").containsExactly("https://c.example/hook");
    }

    @Test
    void takesItsOwnAnswerBackInAPutAndChangesNothing() {
        JsonNode created = create(GITHUB);

        JsonNode put = send(HttpMethod.PUT, created, created.toString());

        assertThat(put.get("configuration")).isEqualTo(created.get("configuration"));
        assertThat(stored(created).configuration()).containsEntry("event.notification.signature.key", PLANTED);
    }

    @Test
    void dropsWhatAPutLeavesOut() {
        JsonNode created = create(GITHUB);

        JsonNode put = send(HttpMethod.PUT, created, """
                {"name": "New", "tags": ["a", "b"],
                 "configuration": {"github.organization": "acme", "github.repository": "shop"}}""");

        assertThat(put.get("name").asString()).isEqualTo("New");
        assertThat(put.get("tags")).hasSize(2);
        assertThat(put.get("configuration")
                        .get("event.notification.signature.key")
                        .isNull())
                .isTrue();
        assertThat(stored(created).endpoints()).isEmpty();
    }

    @Test
    void refusesAChangeThatLeavesRequiredKeysOutOrAnotherElement() {
        JsonNode created = create(GITHUB);
        String path = "/instances/" + created.get("id").asString();

        assertThat(message(body(HttpMethod.PATCH, path, "{\"configuration\":{\"github.repository\":\"\"}}"), 400))
                .contains("github.repository missing");
        assertThat(message(body(HttpMethod.PATCH, path, "{\"element\":{\"key\":\"box\"}}"), 400))
                .startsWith("element.key: another element");
        assertThat(json(client.get().uri(path).exchange()).get("configuration"))
                .isEqualTo(created.get("configuration"));
    }

    @Test
    void isGoneOnceDeleted() {
        String path = "/instances/" + create(GITHUB).get("id").asString();

        client.delete().uri(path).exchange().expectStatus().isOk();

        assertThat(message(client.get().uri(path).exchange(), 404)).isEqualTo("Invalid Element Instance Id provided.");
        assertThat(message(client.delete().uri(path).exchange(), 404)).isNotEmpty();
    }

    @Test
    void listsPageByPageAndWhatIsAskedFor() {
        create(GITHUB);
        create(GITHUB.replace("Shop", "Second").replace("Docs", "Other"));
        create(GITHUB.replace("Shop", "Third"));

        ResponseSpec first = client.get().uri("/instances?pageSize=2").exchange();
        first.expectHeader().valueEquals("Elements-Returned-Count", "2");
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        ResponseSpec last =
                client.get().uri("/instances?pageSize=2&nextPage=" + next).exchange();
        last.expectHeader().doesNotExist("Elements-Next-Page-Token");
        assertThat(json(last).get(0).get("name").asString()).isEqualTo("Third");
        assertThat(json(client.get().uri("/instances?tags[]=Docs").exchange())).hasSize(2);
        assertThat(json(client.get()
                        .uri(URI.create(SERVER.url() + "/elements/api-v2/instances?tags%5B%5D=Other"))
                        .exchange()))
                .hasSize(1);
        assertThat(json(client.get()
                        .uri("/elements/github/instances?searchText=secon")
                        .exchange()))
                .hasSize(1);
        assertThat(message(client.get().uri("/instances?searchText=nothing").exchange(), 404))
                .isNotEmpty();
        assertThat(message(client.get().uri("/elements/box/instances").exchange(), 404))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pageSize=0 | pageSize: 0 (expected: 1..200)",
                "pageSize=201 | pageSize: 201 (expected: 1..200)",
                "pageSize=x | pageSize: not a number",
                "nextPage=x | nextPage: no token of this list"
            })
    void refusesPagesThatThereAreNot(String query, String problem) {
        assertThat(message(client.get().uri("/instances?" + query).exchange(), 400))
                .contains(problem);
    }

    private JsonNode create(String body) {
        return json(post("/instances", body));
    }

    private ResponseSpec post(String path, String body) {
        return body(HttpMethod.POST, path, body);
    }

    private ResponseSpec body(HttpMethod method, String path, String body) {
        return client.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private JsonNode send(HttpMethod method, JsonNode instance, String body) {
        return json(body(method, "/instances/" + instance.get("id").asString(), body));
    }

    private static Instance stored(JsonNode instance) {
        return Objects.requireNonNull(SERVER.part(InstanceRepository.class)
                .find(instance.get("id").asLong())
                .block());
    }

    private static JsonNode json(ResponseSpec answer) {
        byte[] body = answer.expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("Elements-Request-Id", "[0-9a-f]{24}")
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }

    private static String message(ResponseSpec answer, int status) {
        byte[] body = answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .valueMatches("Elements-Request-Id", "[0-9a-f]{24}")
                .expectBody()
                .returnResult()
                .getResponseBody();
        JsonNode error = JsonMapper.shared().readTree(Objects.requireNonNull(body));
        assertThat(error.get("requestId").asString()).matches("[0-9a-f]{24}");
        return error.get("message").asString();
    }
}
