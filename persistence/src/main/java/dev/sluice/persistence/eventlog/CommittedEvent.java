package dev.sluice.persistence.eventlog;

import java.util.List;

/**
 * An event that is in the log for good, and from now on owed to its endpoints.
 *
 * @param id its name, which holds the time of receipt
 * @param draft what was appended
 * @param items those of the draft's items that had not been seen before
 */
public record CommittedEvent(EventId id, EventDraft draft, List<EventItem> items) {
    public CommittedEvent {
        items = List.copyOf(items);
    }

    /** How many notifications an endpoint gets: one for each 20 items begun, 0 without items. */
    public int parts() {
        return (items.size() + EventDraft.ITEMS_PER_PART - 1) / EventDraft.ITEMS_PER_PART;
    }
}
