package dev.sluice.gateway.error;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.server.ServerWebExchange;

/** Names one request, in its answer and in the log. */
final class RequestId {
    static final String HEADER = "Elements-Request-Id";
    private static final int BYTES = 12;

    private RequestId() {}

    /** The name of this request, 24 hex digits: the one its answer has already, or a new one. */
    static String of(ServerWebExchange exchange) {
        String given = exchange.getResponse().getHeaders().getFirst(HEADER);
        if (given != null) {
            return given;
        }
        String id = next();
        exchange.getResponse().getHeaders().set(HEADER, id);
        return id;
    }

    /** A new one. */
    static String next() {
        byte[] random = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
