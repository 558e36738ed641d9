package dev.sluice.gateway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

final class DatabaseAwayIT {
    private static final Duration SOON = Duration.ofSeconds(3);

    @Test
    void saysWhenToTryAgainInsteadOfWaiting() {
        try (ApiServer server = ApiServer.start()) {
            WebTestClient client =
                    server.as(ApiServer.CALLER).mutate().responseTimeout(SOON).build();
            client.get().uri("/instances").exchange().expectStatus().isNotFound();

            server.stopDatabase();

            for (int request = 0; request < 5; request++) {
                EntityExchangeResult<String> answer = client.get()
                        .uri("/instances")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult();
                assertThat(answer.getStatus()).as("%s", answer).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                        .isEqualTo("1");
                assertThat(Objects.requireNonNull(answer.getResponseBody())).contains("store cannot be reached");
            }
        }
    }
}
