package dev.sluice.persistence.progress;

import java.util.List;

/**
 * What a committed event is searched by, kept in memory until the outcome that makes it searchable is written: the log need
 * not be read back for it.
 *
 * @param deliveries owed as of its commit
 * @param items in their order
 */
public record Findable(long organizationId, int deliveries, List<Item> items) {
    public Findable {
        items = List.copyOf(items);
    }

    /** One item; its texts hold no character 0, and may be longer than what is searched. */
    public record Item(String objectType, String objectId, String eventType) {}
}
