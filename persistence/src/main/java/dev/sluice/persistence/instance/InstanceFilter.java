package dev.sluice.persistence.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list.
 *
 * @param elementKey those of one element, or null for all
 * @param tags those that have all of these tags; empty for no such restriction
 * @param searchText those that have this text in their name, in a tag or in their element's key, in any case; null for all
 */
public record InstanceFilter(
        @Nullable String elementKey,
        List<String> tags,
        @Nullable String searchText) {
    /** All instances. */
    public static final InstanceFilter ALL = new InstanceFilter(null, List.of(), null);

    public InstanceFilter {
        tags = List.copyOf(tags);
    }

    /** Whether it asks for more than an element's instances. */
    boolean searches() {
        return searchText != null || !tags.isEmpty();
    }
}
