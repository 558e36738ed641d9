package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.progress.Findable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that is in the log for good, and from now on owed to its endpoints.
 *
 * @param id its name, which holds the time of receipt
 * @param draft what was appended
 * @param items those of the draft's items that had not been seen before
 * @param orderKeys the lines that its parts stand in; empty when they stand in none
 */
public record CommittedEvent(EventId id, EventDraft draft, List<EventItem> items, List<Long> orderKeys) {
    public CommittedEvent {
        items = List.copyOf(items);
        orderKeys = List.copyOf(orderKeys);
    }

    /** Whether its parts are of one object each, and its deliveries have had rows since its commit. */
    public boolean isOrdered() {
        return !orderKeys.isEmpty();
    }

    /** How many notifications an endpoint gets: one for each 20 items begun, 0 without items. */
    public int parts() {
        if (isOrdered()) {
            return orderKeys.size();
        }
        return (items.size() + EventDraft.ITEMS_PER_PART - 1) / EventDraft.ITEMS_PER_PART;
    }

    /** How many deliveries it is owed to. */
    public int deliveries() {
        return parts() * draft.endpointIds().size();
    }

    /** What it is searched by, or null when its items are such as only the log's own reading leaves out. */
    public @Nullable Findable findable() {
        return items.stream().allMatch(EventItem::isPlain)
                ? new Findable(
                        draft.organizationId(),
                        deliveries(),
                        items.stream().map(CommittedEvent::searched).toList())
                : null;
    }

    private static Findable.Item searched(EventItem item) {
        return new Findable.Item(item.objectType(), item.objectId(), item.eventType());
    }
}
