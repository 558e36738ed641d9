package dev.sluice.persistence.eventlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of an event: all but its headers and its body.
 *
 * @param failure why normalising failed, or null
 * @param bodyBytes how long its body is
 */
public record EventSummary(
        EventId id, List<EventItem> items, @Nullable String failure, int bodyBytes) {
    public EventSummary {
        items = List.copyOf(items);
    }
}
