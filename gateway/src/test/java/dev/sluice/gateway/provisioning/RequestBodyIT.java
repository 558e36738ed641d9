package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.PLANTED;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ExtendWith(SharedApiServer.class)
final class RequestBodyIT {
    private final ApiServer server;
    private final ApiClient api;

    RequestBodyIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
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
        assertThat(message(api.post("/instances", body), 400)).contains(problem).doesNotContain(PLANTED);
    }

    @Test
    void refusesBodiesThatAreEmptyTooLongOrNoJson() {
        assertThat(message(api.post("/instances", ""), 400)).isEqualTo("body: empty (expected: a JSON object)");
        assertThat(message(api.post("/instances", " ".repeat(1024 * 1024 + 1)), 413))
                .contains("1048576 bytes");
        assertThat(message(
                        api.http()
                                .post()
                                .uri("/instances")
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .bodyValue("a=b")
                                .exchange(),
                        415))
                .contains("expected: application/json");
        assertThat(message(api.post("/instances", "[".repeat(10_000)), 400)).contains("nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/xml, text/html;q=0.9", "nonsense"})
    void saysThatItAnswersInJsonBeforeAnythingIsDone(String accepted) {
        ResponseSpec answer = api.http()
                .post()
                .uri("/instances")
                .header(HttpHeaders.ACCEPT, accepted)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(GITHUB)
                .exchange();

        answer.expectHeader().valueEquals(HttpHeaders.ACCEPT, "application/json");
        assertThat(message(answer, 406)).isEqualTo("Accept: none of what is answered (expected: application/json)");
        api.get("/instances").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html, application/json;q=0.1", "application/hal+json", "application/*"})
    void answersWhoTakesJson(String accepted) {
        api.http()
                .get()
                .uri("/instances/count")
                .header(HttpHeaders.ACCEPT, accepted)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void saysWhichMethodsAreAllowed() {
        ResponseSpec answer = api.send(HttpMethod.POST, "/instances/17");

        answer.expectHeader().valueEquals(HttpHeaders.ALLOW, "GET,PATCH,PUT,DELETE");
        assertThat(message(answer, 405)).isEqualTo("method: POST (expected: DELETE or GET or PATCH or PUT)");
        assertThat(message(api.http().get().uri("/nothing/here").exchange(), 404))
                .startsWith("path: ");
    }

    /** The pages' own bodies are broken like these: whoever pastes one must learn where. */
    @ParameterizedTest
    @MethodSource("pasted")
    void saysOnWhichLineAPastedBodyIsBroken(String body, String problem) {
        assertThat(message(api.post("/instances", body), 400)).isEqualTo("body: not JSON at %s", problem);
    }

    static Stream<Arguments> pasted() {
        return Stream.of(
                Arguments.of("""
                        {
                          "element": {
                            "key": "github"
                          },
                          "configuration": {
                            "oauth.api.secret": "planted-secret-4711"
                            "event.notification.enabled": true
                          },
                          "name": "x"
                        }""", "line 7, column 5: a comma seems to be missing before this place"),
                Arguments.of("""
                        {
                          "element": {
                            "key": "box"
                          }
                          "name": "x"
                        }""", "line 5, column 3: a comma seems to be missing before this place"),
                Arguments.of(
                        """
                        {
                          "element": {
                            "key": "greenhouse"
                          },
                          "name": "x",
                        }""",
                        "line 6, column 1: a name in double quotes is expected; the comma before this place may be"
                                + " one too many"),
                Arguments.of(
                        """
                        {
                          "element": {"key": "hootsuite"},
                          "name": <INSTANCE_NAME>
                        }""",
                        "line 3, column 11: a value is expected: text in double quotes, a number, true, false, null,"
                                + " { or ["),
                Arguments.of(
                        """
                        {
                          "element": {"key": "mailchimpv3},
                          "name": "x"
                        }""",
                        "line 2, column 36: a closing double quote seems to be missing before the end of the line"));
    }
}
