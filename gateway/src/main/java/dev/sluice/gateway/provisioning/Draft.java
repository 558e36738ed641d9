package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an instance's settings of what a request says, by the rules of its element. */
public final class Draft {
    /** Stands for a secret in answers; sent back it means unchanged. */
    public static final String MASK = "********";

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(secret|password|key|token)", Pattern.CASE_INSENSITIVE);

    private final Element element;
    private final Map<String, ConfigurationField> fields;

    /** Settings of this element. */
    public Draft(Element element) {
        this.element = element;
        this.fields = element.configuration().stream()
                .collect(Collectors.toMap(ConfigurationField::key, field -> field, (first, second) -> first));
    }

    /** The settings of a new instance. */
    public InstanceSettings created(InstanceRequest request) {
        String name = request.name();
        if (name == null) {
            throw new BadRequestException("name", "missing", "text of 1..255 characters");
        }
        List<String> tags = request.tags();
        Map<String, String> configuration = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> given = Objects.requireNonNullElse(request.configuration(), Map.of());
        given.forEach((key, value) -> {
            if (isSecret(key) && value.equals(MASK)) {
                problems.add(key + ": " + MASK + " (expected: the secret itself)");
            }
        });
        problems.addAll(put(configuration, given, Map.of()));
        problems.addAll(missing(configuration, request.code() != null));
        return settings(name, tags == null || tags.isEmpty() ? List.of(name) : tags, configuration, problems);
    }

    /** The settings after a PATCH: what is given replaces what was, the configuration key by key. */
    public InstanceSettings patched(Instance before, InstanceRequest request) {
        Map<String, String> given = Objects.requireNonNullElse(request.configuration(), Map.of());
        Map<String, String> configuration = new LinkedHashMap<>(before.configuration());
        return changed(before, request, configuration, put(configuration, given, before.configuration()));
    }

    /** The settings after a PUT: a configuration that is given replaces the former one as a whole. */
    public InstanceSettings replaced(Instance before, InstanceRequest request) {
        Map<String, String> given = request.configuration();
        if (given == null) {
            return patched(before, request);
        }
        Map<String, String> configuration = new LinkedHashMap<>();
        return changed(before, request, configuration, put(configuration, given, before.configuration()));
    }

    /**
     * The settings with another signature key.
     *
     * @param key the new one
     * @param previousUntil how long the one it replaces signs, too; null ends it at once
     */
    public InstanceSettings rotated(Instance before, String key, @Nullable Instant previousUntil) {
        String former = before.configuration().get(SettingKeys.NOTIFICATION_SIGNATURE_KEY);
        Map<String, String> given = new LinkedHashMap<>();
        given.put(SettingKeys.NOTIFICATION_SIGNATURE_KEY, key);
        if (former == null || previousUntil == null) {
            given.put(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS, "");
            given.put(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL, "");
        } else {
            given.put(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS, former);
            given.put(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL, previousUntil.toString());
        }
        return patched(before, new InstanceRequest(null, null, null, given, null));
    }

    private InstanceSettings changed(
            Instance before, InstanceRequest request, Map<String, String> configuration, List<String> problems) {
        endOverlap(before.configuration(), configuration);
        problems.addAll(missing(configuration, request.code() != null));
        return settings(
                Objects.requireNonNullElse(request.name(), before.name()),
                Objects.requireNonNullElse(request.tags(), before.tags()),
                configuration,
                problems);
    }

    /**
     * A key that is simply set replaces at once: whoever does so because a key is known to others means all that went
     * before. And an end belongs to the previous key that it was given with.
     */
    private static void endOverlap(Map<String, String> before, Map<String, String> configuration) {
        if (!before.containsKey(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL)
                || differs(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL, before, configuration)) {
            return;
        }
        if (differs(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS, before, configuration)) {
            configuration.remove(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL);
        } else if (differs(SettingKeys.NOTIFICATION_SIGNATURE_KEY, before, configuration)) {
            configuration.remove(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS);
            configuration.remove(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL);
        }
    }

    private static boolean differs(String key, Map<String, String> before, Map<String, String> after) {
        return !Objects.equals(before.get(key), after.get(key));
    }

    /** Puts what is given over what is there, and returns what is wrong with it. */
    private List<String> put(Map<String, String> target, Map<String, String> given, Map<String, String> before) {
        List<String> problems = new ArrayList<>();
        given.forEach((key, value) -> {
            String meant = isSecret(key) && value.equals(MASK) ? before.getOrDefault(key, "") : value;
            String problem = meant.isBlank() ? null : SettingCheck.problem(fields.get(key), key, meant);
            if (problem != null) {
                problems.add(problem);
            }
            if (meant.isBlank()) {
                target.remove(key);
            } else {
                target.put(key, canonical(key, meant));
            }
        });
        return problems;
    }

    private InstanceSettings settings(
            String name, List<String> tags, Map<String, String> configuration, List<String> problems) {
        List<String> all = new ArrayList<>(problems);
        String tooMuch = SettingCheck.problem(configuration);
        if (tooMuch != null) {
            all.add(tooMuch);
        }
        if (!all.isEmpty()) {
            throw new BadRequestException(String.join("; ", all));
        }
        Set<String> secretKeys =
                configuration.keySet().stream().filter(this::isSecret).collect(Collectors.toSet());
        String callbackUrl = configuration.getOrDefault(SettingKeys.CALLBACK_URL, "");
        return new InstanceSettings(name, tags, configuration, secretKeys, CallbackUrls.parse(callbackUrl));
    }

    /** @param withCode whether a code is to be exchanged, which some fields are for */
    private List<String> missing(Map<String, String> configuration, boolean withCode) {
        List<String> missing = element.configuration().stream()
                .filter(field -> field.requirement() == Requirement.REQUIRED
                        || (withCode && field.requirement() == Requirement.WITH_OAUTH_CODE))
                .map(ConfigurationField::key)
                .filter(key -> !configuration.containsKey(key))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of("configuration: " + String.join(", ", missing) + " missing (expected: a value for each)");
    }

    private String canonical(String key, String value) {
        ConfigurationField field = fields.get(key);
        return field != null && field.type() == ConfigurationField.Type.BOOLEAN
                ? value.strip().toLowerCase(Locale.ROOT)
                : value;
    }

    /** Whether the value is encrypted at rest and never shown: as the element says, and by its name where that is silent. */
    private boolean isSecret(String key) {
        ConfigurationField field = fields.get(key);
        return field == null ? SECRET_NAME.matcher(key).matches() : field.secret();
    }
}
