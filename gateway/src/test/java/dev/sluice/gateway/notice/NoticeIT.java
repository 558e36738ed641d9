package dev.sluice.gateway.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.redelivery.SendingGateway;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NoticeIT {
    private static final Duration GUARD = Duration.ofSeconds(40);
    private static final String KEY = "a key of the organization";

    @TempDir
    private Path directory;

    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger callbackStatus = new AtomicInteger(410);

    private record Told(HttpHeaders headers, String body) {
        private Map<String, List<String>> headerMap() {
            return headers.entries().stream()
                    .collect(Collectors.toMap(
                            header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.of(header.getValue())));
        }
    }

    /** A callback, and at another path where the organization is told, which fails the first time. */
    private DisposableServer receiver() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                                "/callback",
                                (request, response) ->
                                        response.status(callbackStatus.get()).send())
                        .post(
                                "/notices",
                                (request, response) -> request.receive()
                                        .aggregate()
                                        .asString(UTF_8)
                                        .doOnNext(body -> told.add(new Told(
                                                request.requestHeaders().copy(), body)))
                                        .then(Mono.defer(() -> response.status(told.size() == 1 ? 500 : 200)
                                                .send()
                                                .then()))))
                .bindNow();
    }

    @Test
    void tellsAnOrganizationThatItsEndpointIsDeactivatedUntilItHasHeard() throws Exception {
        DisposableServer receiver = receiver();
        String base = "http://127.0.0.1:" + receiver.port();
        try (SendingGateway gateway = SendingGateway.start(directory, "--sluice.delivery.retry.schedule=300ms,60s")) {
            JsonNode target = gateway.put(
                    "/organizations/1/webhook",
                    "{\"url\": \"" + base + "/notices\", \"signatureKey\": \"" + KEY + "\"}");
            assertThat(target.toString()).contains("\"signed\":true").doesNotContain(KEY);
            String instance = gateway.instance(base + "/callback");
            gateway.send(instance);

            await().atMost(GUARD).until(() -> told.size() == 2);
            List<Told> both = List.copyOf(told);
            assertThat(both.get(1).headers().get("webhook-id"))
                    .isEqualTo(both.get(0).headers().get("webhook-id"));
            assertThatCode(() -> verify(both.get(1))).doesNotThrowAnyException();
            both.forEach(each -> Contract.checkNotice("event.endpoint.deactivated", each.headerMap(), each.body()));
            JsonNode notice = JsonMapper.shared().readTree(both.get(1).body());
            assertThat(notice.at("/topic").asString()).isEqualTo("event.endpoint.deactivated");
            assertThat(notice.at("/message/reason").asString())
                    .startsWith("The callback answered 410. It wants nothing more");
            assertThat(notice.at("/message/instanceId").asString()).isEqualTo(instance);

            reactivates(gateway, instance, notice.at("/message/endpointId").asString());
        } finally {
            receiver.disposeNow();
        }
    }

    private void reactivates(SendingGateway gateway, String instance, String endpoint) {
        String path = "/instances/" + instance + "/endpoints";
        JsonNode shown = gateway.get(path).get(0);
        assertThat(shown.get("id").asString()).isEqualTo(endpoint);
        assertThat(shown.get("state").asString()).isEqualTo("deactivated");
        assertThat(gateway.get("/instances/" + instance)
                        .at("/endpoints/0/reason")
                        .asString())
                .startsWith("The callback answered 410. It wants nothing more");

        callbackStatus.set(200);
        String event = gateway.send(instance);
        assertThat(gateway.post(path + "/" + endpoint + "/reactivate")
                        .get("state")
                        .asString())
                .isEqualTo("active");

        await().atMost(GUARD)
                .until(() -> "NOTIFIED"
                        .equals(gateway.get("/instances/" + instance + "/events/" + event)
                                .get("status")
                                .asString()));
        assertThat(gateway.post(path + "/" + endpoint + "/deactivate")
                        .get("state")
                        .asString())
                .isEqualTo("deactivated");
    }

    private static void verify(Told told) throws Exception {
        new Webhook(Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)))
                .verify(told.body(), java.net.http.HttpHeaders.of(told.headerMap(), (name, value) -> true));
    }
}
