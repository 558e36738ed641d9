package dev.sluice.gateway.providers;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.gateway.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's application: remembers the notifications that it gets. */
final class CallbackServer implements AutoCloseable {
    private final Queue<Notification> got = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    CallbackServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                got.add(new Notification(
                        Map.copyOf(exchange.getRequestHeaders()),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/notify";
    }

    /** What came, once it is known to be as documented. */
    private record Notification(Map<String, List<String>> headers, String body) {
        private JsonNode read() {
            Contract.checkNotification(headers, body);
            return JsonMapper.shared().readTree(body);
        }
    }

    /** The notifications of that instance. */
    List<JsonNode> of(JsonNode instance) {
        return got.stream()
                .map(Notification::read)
                .filter(notification ->
                        notification.path("message").path("instanceId").asLong()
                                == instance.path("id").asLong())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
