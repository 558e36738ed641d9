package dev.sluice.gateway.delivery.notification;

import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import java.util.List;

/**
 * What a notification tells of an event, fresh from the log or read back from it.
 *
 * @param items all that happened; a notification carries one part of them
 * @param raw the provider's body as JSON text in UTF-8, never empty
 */
public record DeliverableEvent(EventId id, List<EventItem> items, Body raw) {
    public DeliverableEvent {
        items = List.copyOf(items);
    }

    /**
     * The items of one notification.
     *
     * @param part from 0
     * @throws IllegalArgumentException if the event has no such part
     */
    List<EventItem> part(int part) {
        int from = part * EventDraft.ITEMS_PER_PART;
        if (part < 0 || from >= items.size()) {
            throw new IllegalArgumentException("part: " + part + " (expected: 0 to the event's " + items.size()
                    + " items / " + EventDraft.ITEMS_PER_PART + ")");
        }
        return items.subList(from, Math.min(from + EventDraft.ITEMS_PER_PART, items.size()));
    }
}
