package dev.sluice.normalizers.item;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, in the one shape all providers' events are brought to.
 *
 * @param objectType what kind of object changed, never empty: {@code issues}, {@code push} …
 * @param objectId which object, as text, never empty
 * @param eventType what happened to it
 * @param date when it happened, by the provider's word; the receipt time where the provider says nothing
 * @param attributes what a customer needs besides, by name: GitHub's {@code number}, Hootsuite's {@code state} …
 * @param dedupeKey the provider's id for this one item of a batch, null where the whole webhook has the key
 */
public record NormalizedItem(
        String objectType,
        String objectId,
        EventType eventType,
        Instant date,
        Map<String, String> attributes,
        @Nullable String dedupeKey) {

    public NormalizedItem {
        requireText("objectType", objectType);
        requireText("objectId", objectId);
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(date, "date");
        attributes = Map.copyOf(attributes);
    }

    private static void requireText(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + ": empty (expected: at least one character)");
        }
    }
}
