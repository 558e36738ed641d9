package dev.sluice.gateway.error;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.ServerResponse;

final class ResourceTest {
    private final WebTestClient client = WebTestClient.bindToRouterFunction(Resource.at("/things/{id}")
                    .on(HttpMethod.GET, request -> ServerResponse.ok().bodyValue(request.pathVariable("id")))
                    .on(HttpMethod.DELETE, request -> ServerResponse.ok().build())
                    .route())
            .build();

    @Test
    void toleratesATrailingSlash() {
        client.get().uri("/things/7").exchange().expectBody(String.class).isEqualTo("7");
        client.get().uri("/things/7/").exchange().expectBody(String.class).isEqualTo("7");
    }

    @Test
    void answersHeadLikeGet() {
        client.head().uri("/things/7").exchange().expectStatus().isOk();
    }

    @Test
    void refusesOtherMethodsAndNamesThoseItTakes() {
        client.post()
                .uri("/things/7")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET,DELETE");
    }

    @Test
    void leavesOtherPathsToOthers() {
        client.get().uri("/things").exchange().expectStatus().isNotFound();
        client.get().uri("/things/7/more").exchange().expectStatus().isNotFound();
    }
}
