package dev.sluice.persistence.hook;

import java.util.List;
import java.util.Map;

/**
 * An instance's webhooks at its provider.
 *
 * @param wantedUrl where they shall lead, without any secret
 * @param url where those that stand lead; empty when they are to be made anew
 * @param ids the provider's; empty when none stands
 * @param settings the configuration that they were registered with, nothing secret
 * @param failures since the last success
 */
public record ProviderHooks(
        long instanceId, String wantedUrl, String url, List<String> ids, Map<String, String> settings, int failures) {
    public ProviderHooks {
        ids = List.copyOf(ids);
        settings = Map.copyOf(settings);
    }
}
