package dev.sluice.gateway.isolation;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.provisioning.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What one node's API changes, another node's intake goes by. */
final class OtherNodeIT {
    private static final Duration PROMISE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    void goesByAChangeWithinASecond() {
        try (WholeGateway changed = new WholeGateway(directory.resolve("one"));
                WholeGateway other = changed.anotherNode(directory.resolve("other"))) {
            ApiClient api = changed.as(WholeGateway.ADMINISTRATOR);
            JsonNode instance = api.create(GITHUB.replace("event.vendor.signature.key", "my.key"));
            assertThat(webhook(other, instance)).isEqualTo(200);

            api.send(HttpMethod.PATCH, path(instance), """
                            {"configuration": {"event.vendor.signature.key": "planted-secret-4711"}}""").expectStatus().isOk();
            await().atMost(PROMISE).until(() -> webhook(other, instance) == 401);

            api.send(HttpMethod.DELETE, path(instance)).expectStatus().isOk();
            await().atMost(PROMISE).until(() -> webhook(other, instance) == 404);
        }
    }

    private static int webhook(WholeGateway node, JsonNode instance) {
        return Contract.client()
                .baseUrl(node.url())
                .build()
                .post()
                .uri(
                        "/elements/api-v2/events/github/{id}",
                        instance.get("encodedId").asString())
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .bodyValue("{\"ref\": \"refs/heads/main\"}")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }
}
