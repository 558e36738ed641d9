package dev.sluice.normalizers;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an item's attributes out of what may be absent. */
public final class Attributes {
    private final Map<String, String> values = new HashMap<>();

    /** Sets the attribute, or leaves it as it is when the value is null. */
    public Attributes put(String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    /** What was collected. */
    public Map<String, String> toMap() {
        return values;
    }
}
