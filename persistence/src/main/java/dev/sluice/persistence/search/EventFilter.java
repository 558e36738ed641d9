package dev.sluice.persistence.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for. What is null does not matter.
 *
 * @param organizationId whose
 * @param from received at that time or later
 * @param to received before that time
 * @param elementKey received from that element's provider
 * @param objectType this and the next three hold for one item of the event; each counts up to 200 characters
 * @param idText somewhere in the object's id, in small or capital letters
 */
public record EventFilter(
        long organizationId,
        @Nullable Long instanceId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable EventStatus status,
        @Nullable String elementKey,
        @Nullable String objectType,
        @Nullable String objectId,
        @Nullable String idText,
        @Nullable String eventType) {
    private static final int TEXT_MAX = 200;

    public EventFilter {
        objectType = cut(objectType);
        objectId = cut(objectId);
        idText = cut(idText);
        eventType = cut(eventType);
    }

    /** As the rows have it: characters as PostgreSQL counts them, which are code points. */
    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.codePointCount(0, text.length()) <= TEXT_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT_MAX));
    }

    /** All of an instance's events. */
    public static EventFilter ofInstance(long organizationId, long instanceId) {
        return new EventFilter(organizationId, instanceId, null, null, null, null, null, null, null, null);
    }

    /** Whether an event of that element's instance can be like that. */
    public boolean allows(String element) {
        return elementKey == null || elementKey.equals(element);
    }

    /** Whether the log's own key serves it: no more than instance and time are asked for. */
    boolean isPlain() {
        return instanceId != null && status == null && !namesItem();
    }

    /** Whether the counts by the minute count just these: of one instance, or of all. */
    public boolean isCounted() {
        return status == null && elementKey == null && !namesItem();
    }

    /** Whether it asks for something about an item. */
    boolean namesItem() {
        return objectType != null || objectId != null || idText != null || eventType != null;
    }

    /** Whether it asks for events that are not well delivered, of which there are few. */
    boolean asksForOpen() {
        return status != null && status != EventStatus.NOTIFIED;
    }
}
