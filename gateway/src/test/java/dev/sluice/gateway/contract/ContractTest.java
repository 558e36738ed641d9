package dev.sluice.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.contract.Exchange.Answered;
import dev.sluice.gateway.contract.Exchange.Sent;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The check itself: what it lets pass, and what it does not. */
final class ContractTest {
    private static final String COUNT = "{\"totalInstances\": 1, \"elementInstances\": []}";
    private static final String ERROR = "{\"requestId\": \"5c8f3b2e9a7d4f6081b2c3d4\", \"message\": \"x: 1\"}";

    private final Contract contract = Contract.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /instances/count | 200 | {\"totalInstances\": 1, \"elementInstances\": []}",
                "HEAD | /instances/count/ | 200 | ''",
                "GET | /instances/count | 401 | {\"requestId\": \"5c8f3b2e9a7d4f6081b2c3d4\", \"message\": \"x: 1\"}",
                "GET | /instances/events?from=yesterday | 400 | {\"requestId\": \"5c8f3b2e9a7d4f6081b2c3d4\", \"message\": \"x: 1\"}",
                "GET | /nothing | 404 | {\"requestId\": \"5c8f3b2e9a7d4f6081b2c3d4\", \"message\": \"x: 1\"}",
                "POST | /instances/count | 405 | {\"requestId\": \"5c8f3b2e9a7d4f6081b2c3d4\", \"message\": \"x: 1\"}"
            })
    void letsPassWhatTheDocumentSays(String method, String path, int status, String body) {
        assertThat(problems(method, path, "", status, body)).isEmpty();
    }

    @Test
    void letsPassWhateverAWebhookAndItsHandshakeAre() {
        for (String path : List.of("/events/mailchimpv3/MQ==?secret=s", "/events/box?event=uploaded")) {
            assertThat(contract.problems(
                            new Exchange(sent("POST", path, "{}"), new Answered(200, Map.of(), "the challenge"))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /instances/count | 200 | {\"totalInstances\": 1, \"elementInstances\": [], \"more\": 1} | more",
                "GET | /instances/count | 200 | {\"totalInstances\": \"1\", \"elementInstances\": []} | totalInstances",
                "GET | /instances/count | 200 | {\"totalInstances\": 1} | elementInstances",
                "GET | /instances/count | 200 | not json | no JSON",
                "GET | /instances/count | 401 | {\"message\": \"x\"} | requestId",
                "GET | /instances/count | 204 | '' | status 204: undocumented",
                "GET | /instances/count | 409 | {} | status 409: undocumented",
                "GET | /instances/count?color=red | 200 | {\"totalInstances\": 1, \"elementInstances\": []} | parameter color",
                "GET | /nothing | 200 | {} | an undocumented path",
                "POST | /instances/count | 200 | {} | an undocumented method",
                "DELETE | /instances/7 | 200 | {} | body: one, where none",
                "DELETE | /instances/seven | 200 | '' | path parameter id"
            })
    void refusesWhatTheDocumentDoesNotSay(String method, String path, int status, String body, String problem) {
        assertThat(problems(method, path, "", status, body))
                .isNotEmpty()
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void refusesAMoreThatStandsBesideWhatASchemaRefersTo() {
        String field = ApiDocument.load()
                .whole()
                .root()
                .at("/components/schemas/Field/examples/0")
                .toString();

        assertThat(problems("GET", "/elements/box/configuration", "", 200, "[" + field + "]"))
                .isEmpty();
        assertThat(problems(
                        "GET", "/elements/box/configuration", "", 200, "[" + field.replace("{", "{\"more\": 1,") + "]"))
                .hasSize(1);
    }

    @Test
    void refusesHeadersThatAreUndocumentedAndMissesThoseThatAre() {
        Map<String, List<String>> headers = new HashMap<>(headers());
        headers.put("Elements-Something", List.of("1"));
        headers.remove("Elements-Request-Id");

        assertThat(contract.problems(
                        new Exchange(sent("GET", "/instances/count", ""), new Answered(200, headers, COUNT))))
                .containsExactlyInAnyOrder(
                        "header Elements-Something: undocumented", "header Elements-Request-Id: missing");
    }

    @Test
    void refusesBodiesThatWereTakenAndShouldNot() {
        String answer = "{\"id\": 2, \"name\": \"Acme\", \"createdDate\": \"2026-03-05T10:11:12Z\","
                + " \"secret\": \"0123456789abcdef0123456789abcdef\"}";

        assertThat(problems("POST", "/organizations", "{\"name\": \"Acme\"}", 200, answer))
                .isEmpty();
        assertThat(problems("POST", "/organizations", "{\"name\": 7}", 200, answer))
                .hasSize(1);
        assertThat(problems("POST", "/organizations", "", 200, answer)).containsExactly("request body: missing");
        assertThat(problems("POST", "/organizations", "{\"name\": 7}", 400, ERROR))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"notification, push", "event.endpoint.deactivated, exhausted"})
    void knowsWhatIsSentToWebhooks(String name, String exampleName) {
        JsonNode root = ApiDocument.load().whole().root();
        JsonNode example = root.at("/webhooks/%s/post/requestBody/content/application~1json/examples/%s/value"
                .formatted(name, exampleName));
        String id = example.get("id").asString();
        Map<String, List<String>> headers = new TreeMap<>(Map.of(
                "Content-Type", List.of("application/json"),
                "Elements-Webhook-Id", List.of(id),
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of("1772705472")));

        assertThat(contract.webhookProblems(name, headers, example.toString(), Set.of()))
                .isEmpty();
        headers.remove("webhook-id");
        headers.put("X-Else", List.of("1"));
        assertThat(contract.webhookProblems(
                        name,
                        headers,
                        ((ObjectNode) example.deepCopy()).put("more", 1).toString(),
                        Set.of()))
                .hasSize(3);
    }

    @Test
    void isAskedByTheClientsThatTestsUse() {
        DisposableServer liar = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.header("Content-Type", "application/json")
                        .header("Elements-Request-Id", "5c8f3b2e9a7d4f6081b2c3d4")
                        .sendString(reactor.core.publisher.Mono.just("{\"totalInstances\": 1}")))
                .bindNow();
        try {
            assertThatThrownBy(() -> Contract.client()
                            .baseUrl("http://127.0.0.1:" + liar.port() + ApiDocument.BASE)
                            .build()
                            .get()
                            .uri("/instances/count")
                            .exchange())
                    .hasStackTraceContaining("elementInstances");
            assertThatThrownBy(() -> CheckedHttp.send(
                            java.net.http.HttpClient.newHttpClient(),
                            java.net.http.HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + liar.port() + ApiDocument.BASE + "/instances/count"))
                                    .build()))
                    .hasMessageContaining("elementInstances");
        } finally {
            liar.disposeNow();
        }
    }

    private List<String> problems(String method, String path, String sent, int status, String body) {
        return contract.problems(new Exchange(sent(method, path, sent), new Answered(status, headers(), body)));
    }

    private static Sent sent(String method, String path, String body) {
        return new Sent(
                method,
                URI.create("http://localhost" + ApiDocument.BASE + path),
                Map.of("Content-Type", List.of("application/json")),
                body);
    }

    private static Map<String, List<String>> headers() {
        return Map.of(
                "Content-Type",
                List.of("application/json"),
                "Elements-Request-Id",
                List.of("5c8f3b2e9a7d4f6081b2c3d4"),
                "Date",
                List.of("Thu, 05 Mar 2026 10:11:12 GMT"));
    }
}
