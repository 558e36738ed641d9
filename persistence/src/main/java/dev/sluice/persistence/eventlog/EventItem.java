package dev.sluice.persistence.eventlog;

import java.time.Instant;
import java.util.Map;

/**
 * One thing that happened, as stored with its event and as put into notifications.
 *
 * @param objectType never empty
 * @param objectId never empty
 * @param eventType {@code CREATED}, {@code UPDATED}, {@code DELETED} …
 * @param date when it happened
 * @param attributes what else is known of it, by name
 */
public record EventItem(
        String objectType, String objectId, String eventType, Instant date, Map<String, String> attributes) {
    private static final String ESCAPED_NUL = "\\u0000";

    public EventItem {
        attributes = Map.copyOf(attributes);
    }

    /** Whether PostgreSQL can take all of it apart: no text holds the character 0, nor what JSON would write for it. */
    boolean isPlain() {
        return isPlain(objectType)
                && isPlain(objectId)
                && isPlain(eventType)
                && attributes.entrySet().stream()
                        .allMatch(attribute -> isPlain(attribute.getKey()) && isPlain(attribute.getValue()));
    }

    private static boolean isPlain(String text) {
        return text.indexOf('\0') < 0 && !text.contains(ESCAPED_NUL);
    }
}
