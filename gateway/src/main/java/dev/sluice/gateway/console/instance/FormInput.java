package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.provisioning.CallbackUrls;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.gateway.provisioning.InstanceRequest;
import dev.sluice.gateway.provisioning.SettingCheck;
import dev.sluice.gateway.request.PlainText;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What was typed into the form of an instance.
 *
 * @param name as typed
 * @param tags as typed, separated by commas
 * @param values by configuration key, as typed; a switch that is off is {@code false}
 * @param connects whether the provider is to be asked for access
 */
record FormInput(String name, String tags, Map<String, String> values, boolean connects) {
    static final String NAME = "name";
    static final String TAGS = "tags";
    static final String ACCESS = "access";
    static final String BY_OAUTH = "oauth";

    private static final String NOTHING = "Enter a value.";
    private static final Pattern COMMA = Pattern.compile(",");

    static FormInput of(MultiValueMap<String, String> form, Element element) {
        Map<String, String> values = new LinkedHashMap<>();
        for (ConfigurationField field : shown(element)) {
            String typed = Objects.requireNonNullElse(form.getFirst(field.key()), "");
            values.put(
                    field.key(), field.type() == ConfigurationField.Type.BOOLEAN && typed.isEmpty() ? "false" : typed);
        }
        return new FormInput(
                Objects.requireNonNullElse(form.getFirst(NAME), ""),
                Objects.requireNonNullElse(form.getFirst(TAGS), ""),
                values,
                BY_OAUTH.equals(form.getFirst(ACCESS)));
    }

    /** The fields that people fill in. */
    static List<ConfigurationField> shown(Element element) {
        return element.configuration().stream().filter(field -> !field.hidden()).toList();
    }

    /** The same as a request to the API would say it. */
    InstanceRequest request(String elementKey, @Nullable String code) {
        return new InstanceRequest(elementKey, PlainText.of(NAME, name), tagList(), values, code);
    }

    private List<String> tagList() {
        return COMMA.splitAsStream(tags)
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .map(tag -> PlainText.of(TAGS, tag))
                .toList();
    }

    /** What is wrong, by the name of the field it stands beside; empty when nothing is. */
    Map<String, String> problems(Element element) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (name.isBlank()) {
            problems.put(NAME, NOTHING);
        }
        check(problems, NAME, () -> PlainText.of(NAME, name));
        check(problems, TAGS, this::tagList);
        for (ConfigurationField field : shown(element)) {
            String problem = problem(field, values.getOrDefault(field.key(), ""));
            if (problem != null) {
                problems.put(field.key(), problem);
            }
        }
        check(
                problems,
                SettingKeys.CALLBACK_URL,
                () -> CallbackUrls.parse(values.getOrDefault(SettingKeys.CALLBACK_URL, "")));
        return problems;
    }

    private @Nullable String problem(ConfigurationField field, String value) {
        boolean needed = field.requirement() == Requirement.REQUIRED
                || (connects && field.requirement() == Requirement.WITH_OAUTH_CODE && !isOurs(field));
        if (value.isBlank()) {
            return needed ? NOTHING : null;
        }
        return value.equals(Draft.MASK) ? null : SettingCheck.problem(field, field.key(), value);
    }

    /** The address that users come back to is the console's own, unless another is entered for the API. */
    static boolean isOurs(ConfigurationField field) {
        return field.key().equals(SettingKeys.OAUTH_CALLBACK_URL);
    }

    private static void check(Map<String, String> problems, String name, Runnable reader) {
        try {
            reader.run();
        } catch (BadRequestException refused) {
            problems.putIfAbsent(name, refused.getMessage());
        }
    }

    /** Without what was typed, which may be secret. */
    @Override
    public String toString() {
        return "FormInput[" + values.size() + " values]";
    }
}
