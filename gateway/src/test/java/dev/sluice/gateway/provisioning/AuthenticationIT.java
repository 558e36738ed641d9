package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class AuthenticationIT {
    private static final String UNAUTHORIZED =
            "Invalid Organization or User secret, or invalid Element token provided.";

    private final ApiServer server;
    private final ApiClient api;

    AuthenticationIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User " + ApiServer.USER_SECRET + ", Organization wrong-" + Planted.MARKER,
                "User wrong-" + Planted.MARKER + ", Organization " + ApiServer.ORGANIZATION_SECRET,
                "User " + ApiServer.USER_SECRET,
                "User " + ApiServer.OTHER_USER_SECRET + ", Organization " + ApiServer.ORGANIZATION_SECRET,
                ApiServer.CALLER + ", Element wrong-" + Planted.MARKER,
                "Basic dXNlcjpwYXNz",
                "nonsense"
            })
    void refusesWhoeverDoesNotProveWhoTheyAre(String authorization) {
        assertThat(message(server.as(authorization).get().uri("/instances").exchange(), 401))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void refusesWhoeverShowsNothingOnEveryPathOfTheApi() {
        WebTestClient nobody =
                Contract.client().baseUrl(server.url() + "/elements/api-v2").build();

        for (String path : List.of("/instances", "/instances/1", "/elements/github/instances", "/nothing", "")) {
            assertThat(message(nobody.get().uri(path).exchange(), 401)).isEqualTo(UNAUTHORIZED);
        }
        assertThat(message(nobody.get().uri("/events/github/x").exchange(), 404))
                .startsWith("path: ");
    }

    @Test
    void takesSecretsInAnyOrderAndCaseAndTheElementToken() {
        JsonNode created = api.create(GITHUB);
        String token = created.get("token").asString();

        server.as("organization " + ApiServer.ORGANIZATION_SECRET + ",ELEMENT " + token + " , user "
                        + ApiServer.USER_SECRET)
                .get()
                .uri("/instances/{id}", created.get("id").asString())
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(message(
                        server.as(ApiServer.STRANGER + ", Element " + token)
                                .get()
                                .uri("/instances")
                                .exchange(),
                        401))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void hidesEverythingFromOtherOrganizations() {
        String id = api.create(GITHUB).get("id").asString();
        WebTestClient stranger = server.as(ApiServer.STRANGER);

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
        assertThat(json(api.http().get().uri("/instances/{id}", id).exchange())
                        .get("name")
                        .asString())
                .isEqualTo("Shop");
        assertThat(message(api.http().get().uri("/instances/abc").exchange(), 404))
                .isEqualTo("Invalid Element Instance Id provided.");
    }
}
