package dev.sluice.gateway.delivery.notification;

import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.Parts;
import java.util.List;
import java.util.Map;

/**
 * What a notification tells of an event, fresh from the log or read back from it.
 *
 * @param items all that happened; a notification carries one part of them
 * @param byObject whether each part is of one object
 * @param raw the provider's body as JSON text in UTF-8, never empty
 * @param webhookHeaders those that its webhook came with and that were kept
 */
public record DeliverableEvent(
        EventId id, List<EventItem> items, boolean byObject, Body raw, Map<String, String> webhookHeaders) {
    public DeliverableEvent {
        items = List.copyOf(items);
        webhookHeaders = Map.copyOf(webhookHeaders);
    }

    /**
     * The items of one notification.
     *
     * @param part from 0
     * @throws IllegalArgumentException if the event has no such part
     */
    List<EventItem> part(int part) {
        List<List<EventItem>> parts = byObject ? Parts.byObject(items) : Parts.inOrder(items);
        if (part < 0 || part >= parts.size()) {
            throw new IllegalArgumentException("part: " + part + " (expected: below the event's " + parts.size() + ")");
        }
        return parts.get(part);
    }
}
