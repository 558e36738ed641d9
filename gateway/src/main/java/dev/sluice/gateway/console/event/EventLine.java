package dev.sluice.gateway.console.event;

import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventSummary;
import dev.sluice.persistence.search.EventStatus;
import dev.sluice.persistence.search.FoundEvent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event in a list.
 *
 * @param at when it was received, ISO 8601 in UTC
 * @param status in lower case
 * @param tone the colour of the status
 * @param what happened, to what: of the first item, and how many more there are
 */
public record EventLine(
        String id,
        String at,
        String status,
        String tone,
        long instanceId,
        String instance,
        String element,
        String what) {

    static EventLine of(FoundEvent found, @Nullable EventSummary summary, String instance) {
        return new EventLine(
                found.id().encoded(),
                found.id().receivedAt().toString(),
                found.status().name().toLowerCase(Locale.ROOT),
                tone(found.status()),
                found.id().instanceId(),
                instance,
                found.elementKey(),
                summary == null ? "gone" : what(summary));
    }

    static String tone(EventStatus status) {
        return switch (status) {
            case NOTIFIED -> "good";
            case FAILED -> "bad";
            case DISPATCHED -> "warn";
            case RECEIVED -> "";
        };
    }

    private static String what(EventSummary event) {
        List<EventItem> items = event.items();
        if (items.isEmpty()) {
            return event.failure() == null ? "nothing new" : "not understood";
        }
        EventItem first = items.get(0);
        String more = items.size() == 1 ? "" : " and " + (items.size() - 1) + " more";
        return first.objectType() + " " + first.eventType().toLowerCase(Locale.ROOT) + " " + first.objectId() + more;
    }
}
