package dev.sluice.normalizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All elements this installation knows, by key. */
public final class Elements {
    private final Map<String, Element> byKey;

    public Elements(List<Element> elements) {
        Map<String, Element> index = new LinkedHashMap<>();
        for (Element element : elements) {
            Element other = index.put(element.descriptor().key(), element);
            if (other != null) {
                throw new IllegalArgumentException(
                        "element key: " + element.descriptor().key() + " twice (expected: each once)");
            }
        }
        this.byKey = Map.copyOf(index);
    }

    /** The element of that key, empty when there is none. */
    public Optional<Element> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
