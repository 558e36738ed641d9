package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.delivery.notification.CallbackHeaders;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.SettingKeys;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is wrong with a configuration value: by its field, by those who will use it, and by what can be stored at all. */
public final class SettingCheck {
    private static final int VALUE_LENGTH_MAX = 20_000;
    private static final int KEY_LENGTH_MAX = 200;
    private static final int KEYS_MAX = 200;
    private static final int LENGTH_MAX = 100_000;

    /** Each throws {@link IllegalArgumentException} with a message that quotes nothing secret. */
    private static final Map<String, Consumer<String>> READERS = Map.of(
            SettingKeys.RETRY_SCHEDULE, RetrySchedule::parse,
            SettingKeys.CALLBACK_HEADERS, CallbackHeaders::parse);

    private SettingCheck() {}

    /**
     * What is wrong with one value.
     *
     * @param field what the element says about the key, or null when it does not know it
     * @param value not blank
     * @return a message that begins with the key and gives what was found and what is expected; null when nothing is wrong
     */
    public static @Nullable String problem(@Nullable ConfigurationField field, String key, String value) {
        String problem = storable(key, value);
        if (problem != null || field == null) {
            return problem;
        }
        problem = field.problemWith(value);
        return problem == null ? unreadable(key, value) : problem;
    }

    private static @Nullable String storable(String key, String value) {
        if (key.isBlank() || key.length() > KEY_LENGTH_MAX || key.chars().anyMatch(Character::isISOControl)) {
            return "configuration: a key of " + key.length() + " characters (expected: 1.." + KEY_LENGTH_MAX
                    + ", without control characters)";
        }
        if (value.length() > VALUE_LENGTH_MAX) {
            return key + ": " + value.length() + " characters (expected: at most " + VALUE_LENGTH_MAX + ")";
        }
        int nul = value.indexOf('\0');
        return nul < 0 ? null : key + ": character 0 in place " + (nul + 1) + " (expected: text)";
    }

    private static @Nullable String unreadable(String key, String value) {
        Consumer<String> reader = READERS.get(key);
        if (reader == null) {
            return null;
        }
        try {
            reader.accept(value);
            return null;
        } catch (IllegalArgumentException unreadable) {
            String message = Objects.requireNonNullElse(unreadable.getMessage(), "not understood");
            return message.startsWith(key) ? message : key + ": " + message;
        }
    }

    /** What is wrong with a configuration as a whole, or null: changes add to it, request by request. */
    static @Nullable String problem(Map<String, String> configuration) {
        if (configuration.size() > KEYS_MAX) {
            return "configuration: " + configuration.size() + " keys (expected: at most " + KEYS_MAX + ")";
        }
        long length = configuration.entrySet().stream()
                .mapToLong(each -> each.getKey().length() + each.getValue().length())
                .sum();
        return length <= LENGTH_MAX
                ? null
                : "configuration: " + length + " characters (expected: at most " + LENGTH_MAX + " in all)";
    }
}
