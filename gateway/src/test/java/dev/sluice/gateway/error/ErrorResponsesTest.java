package dev.sluice.gateway.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.MalformedBodyException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

final class ErrorResponsesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/elements/api-v2/instances?secret=planted"));

    @Test
    void namesFieldValueAndExpectation() {
        MockServerHttpResponse answer = answerTo(new BadRequestException("pageSize", "0", "1..200"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
        String requestId = answer.getHeaders().getFirst("Elements-Request-Id");
        assertThat(requestId).matches("[0-9a-f]{24}");
        assertThat(body(answer))
                .isEqualTo("{\"requestId\":\"%s\",\"message\":\"pageSize: 0 (expected: 1..200)\"}", requestId);
    }

    @Test
    void keepsTheNameThatTheRequestHasAlready() {
        new RequestIds().filter(exchange, unused -> Mono.empty()).block(PATIENCE);
        String given = exchange.getResponse().getHeaders().getFirst("Elements-Request-Id");

        assertThat(body(answerTo(new NotFoundException("none")))).contains(given);
    }

    @Test
    void tellsWhereABodyIsMalformed() {
        MockServerHttpResponse answer = answerTo(new MalformedBodyException("body: not JSON at line 3, column 7"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(body(answer)).contains("line 3, column 7");
    }

    @Test
    void tellsWhenToTryAgain() {
        MockServerHttpResponse answer = answerTo(new UnavailableException("full", Duration.ofMillis(10)));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    }

    @Test
    void isUnavailableWhileTheDatabaseIsAway() {
        MockServerHttpResponse answer = answerTo(new DataAccessResourceFailureException("no connection to 10.0.0.7"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(body(answer)).doesNotContain("10.0.0.7");
    }

    @Test
    void saysWhichMethodsAreAllowed() {
        MockServerHttpResponse answer =
                answerTo(new MethodNotAllowedException(HttpMethod.TRACE, List.of(HttpMethod.POST, HttpMethod.GET)));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(answer.getHeaders().getAllow()).containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.POST);
        assertThat(body(answer)).contains("method: TRACE (expected: GET or POST)");
    }

    @Test
    void saysWhichContentTypeIsExpected() {
        MockServerHttpResponse answer = answerTo(
                new UnsupportedMediaTypeStatusException(MediaType.TEXT_PLAIN, List.of(MediaType.APPLICATION_JSON)));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        assertThat(body(answer)).contains("Content-Type: text/plain (expected: application/json)");
    }

    @Test
    void saysThatThereIsNoSuchPath() {
        MockServerHttpResponse answer = answerTo(new ResponseStatusException(HttpStatus.NOT_FOUND));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(body(answer)).contains("path: /elements/api-v2/instances").doesNotContain("planted");
    }

    @Test
    void saysHowLongABodyMayBe() {
        MockServerHttpResponse answer = answerTo(new PayloadTooLargeException(1024));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        assertThat(body(answer)).contains("at most 1024 bytes");
    }

    @Test
    void keepsOurOwnFaultsToTheLog() {
        MockServerHttpResponse answer = answerTo(new IllegalStateException("planted secret"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(body(answer)).doesNotContain("planted");
    }

    @Test
    void leavesAnAnswerThatHasBegunAlone() {
        exchange.getResponse().setComplete().block(PATIENCE);

        StepVerifier.create(new ErrorResponses().handle(exchange, new NotFoundException("late")))
                .expectError(NotFoundException.class)
                .verify(PATIENCE);
    }

    private MockServerHttpResponse answerTo(Throwable error) {
        new ErrorResponses().handle(exchange, error).block(PATIENCE);
        return exchange.getResponse();
    }

    private static String body(MockServerHttpResponse answer) {
        return Objects.requireNonNull(answer.getBodyAsString().block(PATIENCE));
    }
}
