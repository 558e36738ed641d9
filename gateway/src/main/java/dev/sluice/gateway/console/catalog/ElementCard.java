package dev.sluice.gateway.console.catalog;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.SettingKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An element as the catalog shows it.
 *
 * @param facts what it can do, as its configuration and its API tell
 * @param instances how many the visitor's organization has
 */
record ElementCard(String key, String name, String description, List<String> facts, long instances) {
    static ElementCard of(Element element, long instances) {
        ElementDescriptor descriptor = element.descriptor();
        return new ElementCard(
                descriptor.key(), descriptor.name(), descriptor.description(), facts(element), instances);
    }

    private static List<String> facts(Element element) {
        Set<String> keys = element.configuration().stream()
                .filter(field -> !field.hidden())
                .map(field -> field.key())
                .collect(Collectors.toSet());
        List<String> facts = new ArrayList<>();
        if (keys.contains(SettingKeys.VENDOR_SIGNATURE_KEY)) {
            facts.add("Signatures are checked over the bytes received");
        }
        if (keys.contains(SettingKeys.VENDOR_URL_SECRET)) {
            facts.add("A secret in the webhook URL can prove the sender");
        }
        if (keys.contains(SettingKeys.VENDOR_SUBSCRIBE)) {
            facts.add("Its webhook can be registered for you");
        }
        if (element.api().oauth().isPresent()) {
            facts.add("OAuth 2, or webhooks only");
        }
        if (!element.ownerSettings().isEmpty()) {
            facts.add("One shared URL for all instances, if you like");
        }
        return facts;
    }
}
