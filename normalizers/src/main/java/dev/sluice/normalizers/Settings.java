package dev.sluice.normalizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is configured with, by configuration key, secrets in the clear. An absent key and a blank value mean
 * the same: not set.
 */
public record Settings(Map<String, String> values) {
    /** Holds the key or keys a provider signs with, one a line: see {@link #lines}. */
    public static final String VENDOR_SIGNATURE_KEY = SettingKeys.VENDOR_SIGNATURE_KEY;

    public Settings {
        values = Map.copyOf(values);
    }

    /** The value of the key, or null when it is not set. */
    public @Nullable String get(String key) {
        String value = values.get(key);
        return value == null || value.isBlank() ? null : value;
    }

    /** The value's lines without surrounding blanks, empty ones left out; empty when the key is not set. */
    public List<String> lines(String key) {
        String value = get(key);
        return value == null
                ? List.of()
                : value.lines()
                        .map(String::trim)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }
}
