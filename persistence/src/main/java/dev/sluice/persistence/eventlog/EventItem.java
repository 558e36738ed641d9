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
    public EventItem {
        attributes = Map.copyOf(attributes);
    }
}
