package dev.sluice.normalizers.hootsuite;

import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event of a webhook's array.
 *
 * @param type as {@code com.hootsuite.messages.event.v1}
 * @param sequence its number, which no other event has; its deduplication key
 * @param data what is kept of it
 */
record HootsuiteEvent(@Nullable String type, @Nullable String sequence, Outline data) {
    static final Shape SHAPE = Shape.of("seq_no", "type")
            .with("data", Shape.of("state", "timestamp").withOtherObjects(Shape.of("id")));

    private static final String PREFIX = "com.hootsuite.";
    private static final String PING = "com.hootsuite.ping.event.v1";
    private static final Map<String, EventType> TYPES_BY_STATE = Map.of(
            "DELETED", EventType.DELETED,
            "UNINSTALLED", EventType.DELETED,
            "SCHEDULED", EventType.CREATED,
            "PENDING_APPROVAL", EventType.CREATED,
            "INSTALLED", EventType.CREATED);

    /** Types of which the states that create are known; elsewhere the same word may mean anything. */
    private static final Set<String> KNOWN = Set.of("messages", "comments", "apps");

    private static final Set<String> BYSTANDERS = Set.of("organization", "member");

    static HootsuiteEvent of(Outline event) {
        Outline data = event.object("data");
        return new HootsuiteEvent(event.text("type"), event.text("seq_no"), data == null ? Outline.EMPTY : data);
    }

    boolean isPing() {
        return PING.equals(type);
    }

    /** Whether it has a deduplication key of its own. */
    boolean isNumbered() {
        return sequence != null;
    }

    /**
     * The event as an item.
     *
     * @param fallbackKey its deduplication key where it has none of its own
     */
    NormalizedItem item(String fallbackKey, Instant receivedAt) {
        String objectType = objectType();
        String id = objectId(objectType, data);
        String key = sequence == null ? fallbackKey : sequence;
        String state = data.text("state");
        Instant timestamp = data.instant("timestamp");
        return new NormalizedItem(
                objectType,
                id == null ? key : id,
                id == null ? EventType.UNKNOWN : eventType(objectType, state),
                timestamp == null ? receivedAt : timestamp,
                attributes(state),
                key);
    }

    private String objectType() {
        if (type == null) {
            return "unknown";
        }
        if (!type.startsWith(PREFIX)) {
            return type;
        }
        int end = type.indexOf('.', PREFIX.length());
        String word = type.substring(PREFIX.length(), end < 0 ? type.length() : end);
        return word.isBlank() ? "unknown" : word;
    }

    private static @Nullable String objectId(String objectType, Outline data) {
        String singular = objectType.endsWith("s") ? objectType.substring(0, objectType.length() - 1) : objectType;
        String id = data.text(singular, "id");
        return id == null ? firstIdBesidesBystanders(data) : id;
    }

    private static @Nullable String firstIdBesidesBystanders(Outline data) {
        for (String name : data.names()) {
            String id = BYSTANDERS.contains(name) ? null : data.text(name, "id");
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static EventType eventType(String objectType, @Nullable String state) {
        EventType type = state == null ? null : TYPES_BY_STATE.get(state);
        if (type == null || (type == EventType.CREATED && !KNOWN.contains(objectType))) {
            return EventType.UPDATED;
        }
        return type;
    }

    private Map<String, String> attributes(@Nullable String state) {
        return new Attributes()
                .put("type", type)
                .put("state", state)
                .put("organizationId", data.text("organization", "id"))
                .put("memberId", data.text("member", "id"))
                .put("seqNo", sequence)
                .toMap();
    }
}
