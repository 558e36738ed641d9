package dev.sluice.gateway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.planted.Planted;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API with one caller's credentials, and reads what it answers. */
public record ApiClient(WebTestClient http) {
    /** A body that makes a GitHub instance named Shop with two callbacks and two secrets. */
    public static final String GITHUB = """
            {"element": {"key": "github"}, "name": "<b>Shop</b>", "tags": ["<i>Docs</i>"],
             "configuration": {
               "github.organization": "acme", "github.repository": "shop",
               "event.notification.enabled": true,
               "event.notification.callback.url": "https://a.example/hook, https://b.example/hook",
               "event.notification.signature.key": "planted-secret-4711",
               "event.vendor.signature.key": "planted-secret-4711"}}""";

    /** What no answer may show. */
    public static final String PLANTED = Planted.MARKER;

    private static final String REQUEST_ID = "[0-9a-f]{24}";

    /** Sends a body as JSON. */
    public ResponseSpec send(HttpMethod method, String path, String body) {
        return http.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    /** Sends no body. */
    public ResponseSpec send(HttpMethod method, String path) {
        return http.method(method).uri(path).exchange();
    }

    public ResponseSpec get(String path) {
        return send(HttpMethod.GET, path);
    }

    public ResponseSpec post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }

    /** What a list or a record answers. */
    public JsonNode read(String path) {
        return json(get(path));
    }

    /** Makes an instance. */
    public JsonNode create(String body) {
        return json(post("/instances", body));
    }

    /** The path of an instance. */
    public static String path(JsonNode instance) {
        return "/instances/" + instance.get("id").asString();
    }

    /** The body of an answer that has to be 200. */
    public static JsonNode json(ResponseSpec answer) {
        answer.expectStatus().isOk();
        return JsonMapper.shared().readTree(body(answer));
    }

    /** The message of an answer that has to be that error. */
    public static String message(ResponseSpec answer, int status) {
        answer.expectStatus().isEqualTo(status);
        JsonNode error = JsonMapper.shared().readTree(body(answer));
        assertThat(error.get("requestId").asString()).matches(REQUEST_ID);
        return error.get("message").asString();
    }

    private static byte[] body(ResponseSpec answer) {
        return Objects.requireNonNull(answer.expectHeader()
                .valueMatches("Elements-Request-Id", REQUEST_ID)
                .expectBody()
                .returnResult()
                .getResponseBody());
    }
}
