package dev.sluice.normalizers;

import dev.sluice.normalizers.item.EventType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * All elements this installation knows, by key. One is registered by one line that names its class in
 * {@code META-INF/services/dev.sluice.normalizers.Element}, so that nothing here knows any provider.
 */
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
        this.byKey = Collections.unmodifiableMap(index);
    }

    /**
     * All registered elements.
     *
     * @param retrievedEvents whether items may have the event type {@link EventType#RETRIEVED}; they are UPDATED
     *     otherwise, which is all that clients of the original know
     */
    public static Elements all(boolean retrievedEvents) {
        List<Element> registered = ServiceLoader.load(Element.class, Elements.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .map(element ->
                        retrievedEvents || !element.tellsOfRetrievals() ? element : new WithoutRetrieved(element))
                .toList();
        return new Elements(registered);
    }

    /** All registered elements, with the event types that clients of the original know. */
    public static Elements all() {
        return all(false);
    }

    /** The element of that key, empty when there is none. */
    public Optional<Element> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The element of that key, or of that {@link ElementDescriptor#id} as the original numbers it. */
    public Optional<Element> findByKeyOrId(String keyOrId) {
        return find(keyOrId)
                .or(() -> byKey.values().stream()
                        .filter(element ->
                                String.valueOf(element.descriptor().id()).equals(keyOrId))
                        .findFirst());
    }

    /** The keys in the order of registration. */
    public Set<String> keys() {
        return byKey.keySet();
    }

    /** The elements in the order of registration. */
    public Collection<Element> elements() {
        return byKey.values();
    }
}
