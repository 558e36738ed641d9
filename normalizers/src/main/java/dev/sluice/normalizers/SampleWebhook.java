package dev.sluice.normalizers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@code POST} to an instance's webhook URL. Its text may hold a secret and never goes to a log.
 *
 * @param query what the webhook URL has behind its question mark, by name, not yet encoded
 * @param headers names to values
 * @param body sent as its UTF-8 bytes
 */
public record SampleWebhook(Map<String, String> query, Map<String, String> headers, String body) {
    public SampleWebhook {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A body of that media type. */
    public static SampleWebhook of(String contentType, String body) {
        return new SampleWebhook(Map.of(), Map.of("Content-Type", contentType), body);
    }

    /** The same with one more header. */
    public SampleWebhook header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SampleWebhook(query, more, body);
    }

    /** The same with that in the webhook URL. */
    public SampleWebhook query(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new SampleWebhook(more, headers, body);
    }

    /** The bytes that are sent, and signed. */
    public byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** As it arrives. */
    public Webhook received() {
        return new Webhook("POST", lists(headers), lists(query), bodyBytes());
    }

    private static Map<String, List<String>> lists(Map<String, String> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    @Override
    public String toString() {
        return "SampleWebhook[" + body.length() + " characters]";
    }
}
