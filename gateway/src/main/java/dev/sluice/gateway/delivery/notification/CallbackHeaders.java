package dev.sluice.gateway.delivery.notification;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The headers a customer wants on every notification: {@code event.notification.callback.headers}, as a JSON object of
 * strings or as {@code Name: value} lines.
 */
public final class CallbackHeaders {
    private static final String KEY = "event.notification.callback.headers";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** Printable characters and tabs: no line break can begin a header of the sender's own. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");
    /** What belongs to the connection or to this gateway. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "webhook-id",
            "webhook-signature",
            "webhook-timestamp");

    private static final JsonMapper JSON = new JsonMapper();

    private CallbackHeaders() {}

    /**
     * Reads the configured value.
     *
     * @return names as given to values, in the order given; empty for a blank text
     * @throws IllegalArgumentException if it is neither form, or a header is not allowed; the message shows no value
     */
    public static Map<String, String> parse(String text) {
        String trimmed = text.trim();
        Map<String, String> headers = trimmed.startsWith("{") ? fromJson(trimmed) : fromLines(trimmed);
        headers.forEach(CallbackHeaders::check);
        return headers;
    }

    private static Map<String, String> fromJson(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : readObject(text).properties()) {
            JsonNode value = property.getValue();
            if (!value.isValueNode() || value.isNull()) {
                throw new IllegalArgumentException(
                        KEY + ": " + property.getKey() + " is " + value.getNodeType() + " (expected: a string)");
            }
            headers.put(property.getKey(), value.asString());
        }
        return headers;
    }

    private static JsonNode readObject(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    KEY + ": no valid JSON object (expected: {\"Name\": \"value\"} or lines of Name: value)",
                    malformed);
        }
    }

    private static Map<String, String> fromLines(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : text.split("[\\r\\n]+", -1)) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(KEY + ": a line without a name (expected: Name: value)");
            }
            headers.put(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim());
        }
        return headers;
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(KEY + ": name '" + name + "' (expected: an HTTP header's name)");
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lowerCase)
                || lowerCase.startsWith("elements-webhook-")
                || lowerCase.startsWith("proxy-")) {
            throw new IllegalArgumentException(KEY + ": " + name + " (expected: none that the connection or we set)");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(KEY + ": the value of " + name + " (expected: printable Latin-1)");
        }
    }
}
