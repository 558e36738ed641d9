package dev.sluice.normalizers.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects an item's attributes out of what may be absent. A list, because they are few, and because the immutable map
 * made of it is the only one that is worth its cost at the rate items come.
 */
public final class Attributes {
    private final List<Map.Entry<String, String>> entries = new ArrayList<>();

    /**
     * Adds the attribute unless the value is null.
     *
     * @param name given once: nobody looks for another of the same name until {@link #toMap}, which refuses two
     */
    public Attributes put(String name, @Nullable String value) {
        if (value != null) {
            entries.add(Map.entry(name, value));
        }
        return this;
    }

    /**
     * What was collected, immutable.
     *
     * @throws IllegalArgumentException when a name was given two values
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type can be made in no other way.
    public Map<String, String> toMap() {
        return Map.ofEntries(entries.toArray(new Map.Entry[0]));
    }
}
