package dev.sluice.gateway.oauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider was asked for before an instance is stored, and gave.
 *
 * @param grant tokens to be kept with the instance; null for none
 * @param settings what to add to its configuration, by key
 * @param warnings what its owner should know
 */
public record Opened(@Nullable Grant grant, Map<String, String> settings, List<String> warnings) {
    static final Opened NOTHING = new Opened(null, Map.of(), List.of());

    public Opened {
        settings = Map.copyOf(settings);
        warnings = List.copyOf(warnings);
    }

    /** Whether the instance has new tokens. */
    public boolean granted() {
        return grant != null;
    }
}
