package dev.sluice.normalizers.box;

import dev.sluice.normalizers.body.KeptText;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version 1 webhook: unsigned fields whose names the operator chose in Box's console; these are the usual ones.
 *
 * @param fields by name
 */
record BoxV1Event(Map<String, String> fields) {

    /** Whether the fields tell of anything at all. */
    boolean isEvent() {
        return get("event") != null || get("itemId") != null;
    }

    NormalizedItem item(String fallbackId, Instant receivedAt) {
        String event = get("event");
        String objectType = get("itemType");
        return new NormalizedItem(
                objectType == null ? "unknown" : objectType,
                objectId(fallbackId),
                event == null ? EventType.UNKNOWN : eventType(event),
                receivedAt,
                new Attributes().put("trigger", event).put("actorId", userId()).toMap(),
                null);
    }

    /** The user, who stands in brackets and quotes: {@code ["226067247"]}. */
    @Nullable String userId() {
        String user = get("userId");
        return user == null ? null : user.replaceAll("[\\[\\]\" ]", "");
    }

    /** A copy is a new item with an id of its own. */
    private String objectId(String fallbackId) {
        String newItem = get("newItemId");
        String item = newItem == null ? get("itemId") : newItem;
        return item == null ? fallbackId : item;
    }

    private static EventType eventType(String event) {
        return switch (event.toLowerCase(Locale.ROOT)) {
            case "created", "uploaded", "copied" -> EventType.CREATED;
            case "deleted" -> EventType.DELETED;
            case "downloaded", "previewed" -> EventType.RETRIEVED;
            default -> EventType.UPDATED;
        };
    }

    private @Nullable String get(String name) {
        String value = fields.get(name);
        return value == null || value.isBlank() ? null : KeptText.of(value);
    }
}
