package dev.sluice.gateway.ingest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/** The request headers that are stored with an event: what a person may ask for later, and no secret. */
final class KeptHeaders {
    private static final Set<String> LEFT_OUT = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "connection",
            "host",
            "content-length",
            "transfer-encoding",
            "accept",
            "accept-encoding",
            "expect",
            "te",
            "upgrade");
    private static final int HEADERS_MAX = 50;
    private static final int VALUE_MAX = 1_000;

    private KeptHeaders() {}

    static Map<String, String> of(ServerHttpRequest request) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        Map<String, String> kept = new LinkedHashMap<>();
        // Spring's view of them looks each name up again.
        received.requestHeaders().iteratorAsString().forEachRemaining(header -> keep(kept, header));
        return kept;
    }

    private static void keep(Map<String, String> kept, Map.Entry<String, String> header) {
        boolean room = kept.size() < HEADERS_MAX || kept.containsKey(header.getKey());
        if (room && !LEFT_OUT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
            kept.merge(header.getKey(), printable(header.getValue()), (first, next) -> printable(first + ", " + next));
        }
    }

    private static String printable(String value) {
        String cut = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) : value;
        return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', ' ');
    }
}
