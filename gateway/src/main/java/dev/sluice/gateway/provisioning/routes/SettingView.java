package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.catalog.FieldView;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one configuration key of an instance is shown as.
 *
 * @param field what the key is; made up where the element does not know it
 * @param place in the form, from 0; keys that the element does not know come last
 * @param value what is set, else the default, else null; a secret is masked
 */
record SettingView(
        ConfigurationField field, int place, @Nullable String value) {

    /** All keys that the element knows or the instance has set. */
    static List<SettingView> all(Instance instance, Element element) {
        List<SettingView> all = new ArrayList<>();
        for (ConfigurationField field : element.configuration()) {
            String value = shown(instance, field.key());
            all.add(new SettingView(field, all.size(), value == null ? field.defaultValue() : value));
        }
        TreeSet<String> others = new TreeSet<>(instance.configuration().keySet());
        others.removeAll(all.stream().map(each -> each.field().key()).collect(Collectors.toSet()));
        for (String key : others) {
            all.add(new SettingView(unknown(instance, key), all.size(), shown(instance, key)));
        }
        return all;
    }

    /** The one that a client names by its number or its key; empty when there is none. */
    static Optional<SettingView> find(Instance instance, Element element, String idOrKey) {
        return all(instance, element).stream()
                .filter(each -> each.field().key().equals(idOrKey)
                        || String.valueOf(FieldView.id(each.field().key())).equals(idOrKey))
                .findFirst();
    }

    private static ConfigurationField unknown(Instance instance, String key) {
        ConfigurationField field = ConfigurationField.text(
                key, key, ConfigurationField.Type.TEXTAREA, "Not known to the element: stored, without effect.");
        return instance.secretKeys().contains(key) ? field.asSecret() : field;
    }

    private static @Nullable String shown(Instance instance, String key) {
        return instance.secretKeys().contains(key)
                ? Draft.MASK
                : instance.configuration().get(key);
    }

    /** The record as the original shows it. */
    ObjectNode json() {
        return FieldView.of(field, place).put("propertyValue", value);
    }
}
