package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.test.StepVerifier;

final class LastAnswersTest {
    private final Shutdown shutdown = new Shutdown(Duration.ofSeconds(24), () -> 0);
    private final HttpHandler handler = new LastAnswers(shutdown).apply((request, response) -> response.setComplete());

    @Test
    void leavesConnectionsOpenWhileNothingStops() {
        assertThat(connection()).isEmpty();
    }

    @Test
    void closesEachConnectionWithItsAnswerOnceTheStopHasBegun() {
        shutdown.begin();

        assertThat(connection()).containsExactly("close");
    }

    private List<String> connection() {
        MockServerHttpResponse response = new MockServerHttpResponse();
        StepVerifier.create(handler.handle(MockServerHttpRequest.post("/").build(), response))
                .verifyComplete();
        return response.getHeaders().getOrEmpty(HttpHeaders.CONNECTION);
    }
}
