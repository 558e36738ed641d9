package dev.sluice.gateway.rig.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A collector of traces that takes spans by OTLP over HTTP and remembers them. */
public final class TraceCollector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FAILED = 2;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A span as it came.
     *
     * @param parent its parent's id, empty for none
     * @param links the ids of spans that it names besides
     * @param failed whether its status says so
     */
    public record Span(
            String trace,
            String id,
            String parent,
            String name,
            Instant from,
            Instant to,
            Map<String, String> attributes,
            List<String> links,
            boolean failed) {
        static Span of(ProtobufMessage span) {
            return new Span(
                    hex(span.bytes(1)),
                    hex(span.bytes(2)),
                    hex(span.bytes(4)),
                    span.text(5),
                    instant(span.number(7)),
                    instant(span.number(8)),
                    span.messages(9).stream()
                            .collect(Collectors.toMap(
                                    each -> each.text(1),
                                    each -> value(each.messages(2).get(0)))),
                    span.messages(13).stream().map(link -> hex(link.bytes(2))).toList(),
                    span.messages(15).stream().anyMatch(status -> status.number(3) == FAILED));
        }

        private static String hex(byte[] id) {
            return HexFormat.of().formatHex(id);
        }

        private static Instant instant(long nanos) {
            return Instant.ofEpochSecond(0, nanos);
        }

        private static String value(ProtobufMessage any) {
            return any.bytes(1).length > 0 ? any.text(1) : String.valueOf(any.number(3));
        }
    }

    public TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProtobufMessage request =
                    ProtobufMessage.read(exchange.getRequestBody().readAllBytes());
            request.messages(1).stream()
                    .flatMap(resource -> resource.messages(2).stream())
                    .flatMap(scope -> scope.messages(2).stream())
                    .map(Span::of)
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What a gateway is told. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The spans with that attribute, once there are so many. */
    public List<Span> await(String attribute, String value, int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> with(attribute, value).size() >= count);
        return with(attribute, value);
    }

    private List<Span> with(String attribute, String value) {
        return spans.stream()
                .filter(span -> value.equals(span.attributes().get(attribute)))
                .toList();
    }

    /** All that came so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
