package dev.sluice.gateway.providers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The webhooks that stand at a provider. */
public final class Hooks {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, JsonNode> standing = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(52);
    private final String elementKey;

    Hooks(String elementKey) {
        this.elementKey = elementKey;
    }

    /** What each was registered with, by the path that names it. */
    public Map<String, JsonNode> standing() {
        return Map.copyOf(standing);
    }

    /** Removes all, as a person might at the provider. */
    public void clear() {
        standing.clear();
    }

    Told answer(Asked request) {
        return Told.json(404, "{\"message\":\"Not Found " + elementKey + next + JSON.hashCode() + "\"}");
    }
}
