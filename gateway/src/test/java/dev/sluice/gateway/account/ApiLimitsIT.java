package dev.sluice.gateway.account;

import static dev.sluice.gateway.provisioning.ApiClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.provisioning.ApiClient;
import dev.sluice.gateway.provisioning.ApiServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

final class ApiLimitsIT {
    private static final String PAGE = "https://app.example";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(
                "--sluice.api.requests-per-second=1", "--sluice.api.burst=3", "--sluice.api.allowed-origins=" + PAGE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesOneOrganizationWaitAndNoOther() {
        ApiClient api = server.caller();
        ResponseSpec answer = api.get("/elements/keys");
        for (int call = 0; call < 10; call++) {
            answer = api.get("/elements/keys");
        }

        answer.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1");
        assertThat(message(answer, 429))
                .isEqualTo("requests: more than allowed (expected: at most 1 a second and 3 at once)");
        server.stranger().get("/elements/keys").expectStatus().isOk();
    }

    @Test
    void letsScriptsOfAllowedPagesCallAndReadTheOriginalsHeaders() {
        WebTestClient script = Contract.client()
                .baseUrl(server.url())
                .responseTimeout(Duration.ofSeconds(30))
                .build();

        ResponseSpec preflight = script.options()
                .uri("/elements/api-v2/instances")
                .header(HttpHeaders.ORIGIN, PAGE)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "PATCH")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization, content-type")
                .exchange();
        ResponseSpec refused = script.get()
                .uri("/elements/api-v2/instances")
                .header(HttpHeaders.ORIGIN, PAGE)
                .exchange();

        preflight.expectStatus().isOk();
        preflight.expectHeader().valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, PAGE);
        preflight.expectHeader().doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        refused.expectStatus().isUnauthorized();
        refused.expectHeader()
                .valueEquals(
                        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                        "Elements-Returned-Count, Elements-Total-Count, Elements-Request-Id, Elements-Next-Page-Token,"
                                + " Elements-Trace-Id, Elements-Error, Content-Disposition");
    }
}
