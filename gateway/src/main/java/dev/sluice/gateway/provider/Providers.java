package dev.sluice.gateway.provider;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers of all elements, as this installation reaches them. */
public final class Providers {
    private final Map<String, Provider> byKey;

    /** @throws IllegalArgumentException when addresses are set for an element that is not there */
    Providers(Elements elements, ProviderSettings settings) {
        settings.elements().keySet().stream()
                .filter(key -> elements.find(key).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(
                            "sluice.elements." + unknown + ": unknown (expected: one of " + elements.keys() + ")");
                });
        this.byKey = elements.elements().stream()
                .map(element -> Provider.of(
                        element,
                        settings.elements()
                                .getOrDefault(element.descriptor().key(), ProviderSettings.Addresses.DEFAULT)))
                .collect(Collectors.toUnmodifiableMap(Provider::key, Function.identity()));
    }

    /** The provider of that element. */
    public Provider of(Element element) {
        return find(element.descriptor().key()).orElseThrow();
    }

    /** The provider of the element of that key; empty when there is none. */
    public Optional<Provider> find(String elementKey) {
        return Optional.ofNullable(byKey.get(elementKey));
    }
}
