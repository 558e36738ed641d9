package dev.sluice.persistence.instance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a customer decides about an instance.
 *
 * @param configuration key to value, secrets in clear; keys that are not set are not there
 * @param secretKeys the keys to be stored encrypted; those without a value are ignored
 * @param callbacks where its events go, each URL once; the place in the list is the endpoint's position
 */
public record InstanceSettings(
        String name,
        List<String> tags,
        Map<String, String> configuration,
        Set<String> secretKeys,
        List<Callback> callbacks) {
    public InstanceSettings {
        tags = List.copyOf(tags);
        configuration = Map.copyOf(configuration);
        secretKeys = Set.copyOf(secretKeys);
        callbacks = List.copyOf(callbacks);
        long urls = callbacks.stream().map(Callback::url).distinct().count();
        if (urls != callbacks.size()) {
            throw new IllegalArgumentException(
                    "callbacks: " + callbacks.size() + " with " + urls + " URLs (expected: each URL once)");
        }
    }

    /** What of the configuration is not secret. */
    Map<String, String> openConfiguration() {
        Map<String, String> open = new HashMap<>(configuration);
        open.keySet().removeAll(secretKeys);
        return open;
    }

    /** Names the instance without its configuration, which holds secrets. */
    @Override
    public String toString() {
        return "InstanceSettings[name=" + name + ", callbacks=" + callbacks.size() + "]";
    }
}
