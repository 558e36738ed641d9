package dev.sluice.normalizers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances a webhook on the shared URL is meant for: those whose configuration has all of these keys.
 *
 * @param keys at least one, the one that tells most first
 */
public record Owner(List<OwnerKey> keys) {
    public Owner {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("owner keys: none (expected: at least one)");
        }
    }

    /** The owner with that one key. */
    public static Owner of(String configurationKey, String value) {
        return new Owner(List.of(new OwnerKey(configurationKey, value)));
    }

    /** Whether an instance with these settings is meant. */
    public boolean isMeant(Settings settings) {
        return keys.stream().allMatch(key -> matches(settings.get(key.configurationKey()), key.value()));
    }

    private static boolean matches(@Nullable String setting, String value) {
        if (setting == null) {
            return false;
        }
        for (String entry : setting.split(",", -1)) {
            if (entry.trim().equalsIgnoreCase(value.trim())) {
                return true;
            }
        }
        return false;
    }
}
