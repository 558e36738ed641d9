package dev.sluice.gateway.providers;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * A request that a fake provider got.
 *
 * @param path without the query
 */
public record Asked(
        String method, String path, Map<String, String> query, String authorization, String accept, String body) {

    static Asked of(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Fields.of(exchange.getRequestURI().getRawQuery()),
                header(exchange, "Authorization"),
                header(exchange, "Accept"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    /** The fields of a body that is a form. */
    public Map<String, String> form() {
        return Fields.of(body);
    }

    /** What follows the scheme in {@code Authorization}. */
    String credential() {
        return authorization.substring(authorization.indexOf(' ') + 1);
    }
}
