package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's callback, which checks both signatures of what it gets. */
final class CallbackServer implements AutoCloseable {
    /** What notifications to this callback are signed with. */
    static final String KEY = Planted.standardKey();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final List<Notification> notifications = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Set<Long> refusing = ConcurrentHashMap.newKeySet();

    /** One notification. */
    record Notification(HttpHeaders headers, String body) {

        JsonNode message() {
            return JsonMapper.shared().readTree(body).path("message");
        }

        long instance() {
            return message().path("instanceId").asLong();
        }

        /** Its items, each as {@code objectType objectId eventType date}. */
        List<String> items() {
            return message().path("events").values().stream()
                    .map(item -> String.join(
                            " ",
                            item.path("objectType").asString(),
                            item.path("objectId").asString(),
                            item.path("eventType").asString(),
                            item.path("date").asString()))
                    .toList();
        }

        void assertAsDocumentedAndSigned() {
            Contract.checkNotification(headers.map(), body);
            String digest = Base64.getEncoder()
                    .encodeToString(Signed.hmac("HmacSHA256", KEY.getBytes(UTF_8), body.getBytes(UTF_8)));
            assertThat(headers.allValues("Elements-Webhook-Signature")).containsExactly("sha256=" + digest);
            try {
                new Webhook(KEY).verify(body, headers);
            } catch (Exception refused) {
                throw new AssertionError("webhook-signature of " + body, refused);
            }
        }
    }

    CallbackServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Notification notification =
                    new Notification(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body);
            notifications.add(notification);
            exchange.sendResponseHeaders(refusing.remove(notification.instance()) ? 500 : 200, -1);
        }
    }

    /** Refuses the next one of that instance. */
    void refuseOneOf(long instance) {
        refusing.add(instance);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback";
    }

    /** The notifications of an instance, once there are so many; all of them are as documented, and signed. */
    List<Notification> await(long instance, int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> of(instance).size() >= count);
        List<Notification> all = of(instance);
        assertThat(all).hasSize(count).allSatisfy(Notification::assertAsDocumentedAndSigned);
        return all;
    }

    /** What has come for an instance so far. */
    List<Notification> of(long instance) {
        return notifications.stream()
                .filter(notification -> notification.instance() == instance)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
