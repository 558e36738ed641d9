package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The form of an instance as the template draws it.
 *
 * @param key the element's
 * @param elementName as people know it
 * @param name what the Name field holds
 * @param needed the fields that an instance or its connection needs, in the element's order
 * @param events what the page calls Event Configuration
 * @param optional all others
 * @param tags what the tags field holds
 * @param byOauth whether the provider can be asked for access
 * @param connects whether that is chosen
 * @param problems by the name of the field
 * @param problem what is wrong beside that; empty when nothing is
 */
record InstanceForm(
        String key,
        String elementName,
        String name,
        List<FormField> needed,
        List<FormField> events,
        List<FormField> optional,
        String tags,
        boolean byOauth,
        boolean connects,
        Map<String, String> problems,
        String problem) {
    private static final List<String> EVENTS = List.of(SettingKeys.EVENTS_ENABLED, SettingKeys.CALLBACK_URL);

    /** The form of a new instance: the defaults, and notifications on, because that is what it is for. */
    static InstanceForm empty(Element element) {
        FormInput nothing = new FormInput("", "", Map.of(SettingKeys.EVENTS_ENABLED, "true"), false);
        return of(element, nothing, Map.of(), "");
    }

    /** The form of an instance as it stands; secrets are masked. */
    static InstanceForm of(Element element, Instance instance) {
        Map<String, String> values = new HashMap<>(instance.configuration());
        instance.secretKeys().forEach(key -> values.replace(key, Draft.MASK));
        FormInput asItStands = new FormInput(instance.name(), String.join(", ", instance.tags()), values, false);
        return of(element, asItStands, Map.of(), "");
    }

    /**
     * The form as it was sent, with what is wrong. Secrets are not sent back: they are to be entered again, and until then
     * those that are set stay.
     *
     * @param set the keys of secrets that are set
     */
    static InstanceForm again(
            Element element, FormInput input, Set<String> set, Map<String, String> problems, String problem) {
        Map<String, String> values = new HashMap<>(input.values());
        Map<String, String> all = new LinkedHashMap<>(problems);
        for (ConfigurationField field : FormInput.shown(element)) {
            String typed = values.getOrDefault(field.key(), "");
            if (field.secret() && !typed.isBlank() && !typed.equals(Draft.MASK)) {
                values.put(field.key(), set.contains(field.key()) ? Draft.MASK : "");
                all.putIfAbsent(field.key(), "Enter it again: a secret is never sent back.");
            }
        }
        return of(element, new FormInput(input.name(), input.tags(), values, input.connects()), all, problem);
    }

    private static InstanceForm of(Element element, FormInput input, Map<String, String> problems, String problem) {
        // Beside its field, and below its label, a problem need not begin with the key.
        Map<String, String> said = new LinkedHashMap<>(problems);
        said.replaceAll((key, text) -> text.startsWith(key + ": ") ? text.substring(key.length() + 2) : text);
        List<FormField> needed = new ArrayList<>();
        List<FormField> events = new ArrayList<>();
        List<FormField> optional = new ArrayList<>();
        for (ConfigurationField field : FormInput.shown(element)) {
            FormField drawn = FormField.of(field, input.values().get(field.key()), said.get(field.key()));
            if (EVENTS.contains(field.key())) {
                events.add(drawn);
            } else if (field.requirement() == Requirement.OPTIONAL || FormInput.isOurs(field)) {
                optional.add(drawn);
            } else {
                needed.add(drawn);
            }
        }
        return new InstanceForm(
                element.descriptor().key(),
                element.descriptor().name(),
                input.name(),
                needed,
                events,
                optional,
                input.tags(),
                element.api().oauth().isPresent(),
                input.connects(),
                said,
                problem);
    }

    /** Whether an optional field has a problem, so that it must not be folded away. */
    public boolean optionalWrong() {
        return optional.stream().anyMatch(FormField::wrong);
    }

    /** What the page calls a field. */
    public String label(String field) {
        return Stream.of(needed, events, optional)
                .flatMap(List::stream)
                .filter(each -> each.key().equals(field))
                .map(FormField::label)
                .findFirst()
                .orElseGet(() -> field.equals(FormInput.TAGS) ? "Element Instance Tags" : "Name");
    }

    /** The names of all fields with a problem. */
    public Set<String> wrong() {
        return problems.keySet();
    }
}
