package dev.sluice.normalizers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider's HTTP request as received. The body is kept as the very bytes on the wire, because signatures cover them.
 */
public final class Webhook {
    /** Already in the form they are compared in; nearly all requests have one of these. */
    private static final Set<String> PLAIN = Set.of("application/json", "application/x-www-form-urlencoded");

    private final String method;
    private final Function<String, List<String>> headers;
    private final Map<String, List<String>> query;
    private final byte[] body;

    /**
     * @param method the HTTP method in upper case: {@code POST}, {@code GET} or {@code HEAD}
     * @param headers names (any case) to values in the order received
     * @param query decoded query parameters, empty when there are none
     * @param body the bytes received; not copied, so the caller must not change them afterwards
     */
    public Webhook(String method, Map<String, List<String>> headers, Map<String, List<String>> query, byte[] body) {
        this(method, inAnyCase(headers), query, body);
    }

    /**
     * The same, with headers that are looked up where they are.
     *
     * @param headers all values of the header of a name, in any case, in the order received; empty when it is absent
     */
    public Webhook(
            String method, Function<String, List<String>> headers, Map<String, List<String>> query, byte[] body) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.headers = headers;
        this.query = Map.copyOf(query);
        this.body = body;
    }

    private static Function<String, List<String>> inAnyCase(Map<String, List<String>> headers) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return name -> byName.getOrDefault(name, List.of());
    }

    /** The same request with another body. */
    public Webhook withBody(byte[] other) {
        return new Webhook(method, headers, query, other);
    }

    public String method() {
        return method;
    }

    /** The body as received, possibly empty. Shared, not copied: never write to it. */
    public byte[] body() {
        return body;
    }

    /** The body read as UTF-8; malformed bytes become U+FFFD. For forms and messages, never for signatures. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The first value of the header, or null when it is absent. */
    public @Nullable String header(String name) {
        List<String> values = headers.apply(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of the header in the order received, empty when it is absent. */
    public List<String> headerValues(String name) {
        return headers.apply(name);
    }

    /** The media type without parameters, in lower case; empty when the request named none. */
    public String mediaType() {
        String contentType = header("Content-Type");
        if (contentType == null) {
            return "";
        }
        if (PLAIN.contains(contentType)) {
            return contentType;
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    /** The decoded query parameters. */
    public Map<String, List<String>> query() {
        return query;
    }
}
