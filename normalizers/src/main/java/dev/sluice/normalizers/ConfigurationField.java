package dev.sluice.normalizers;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing an instance can be configured with. This one list is what requests are validated against, what the metadata
 * calls answer, and what the console's form is made of. Made by {@link #text}, {@link #flag} and the methods that refine
 * them.
 *
 * @param key the name in {@code configuration}: {@code github.organization}
 * @param label as the original shows it: {@code GitHub Organization}
 * @param type how it is entered and how long it may be
 * @param defaultValue the value when none is given, or null
 * @param requirement when it has to be given
 * @param secret whether it is encrypted at rest and read back as {@code ********}
 * @param hidden whether forms leave it out because the platform fills it in
 * @param help one or two sentences for the person who fills it in
 * @param check what a value has to fulfil beside its type
 */
public record ConfigurationField(
        String key,
        String label,
        Type type,
        @Nullable String defaultValue,
        Requirement requirement,
        boolean secret,
        boolean hidden,
        String help,
        Check check) {

    /** How a value is entered. */
    public enum Type {
        TEXTFIELD_32(32),
        TEXTFIELD_64(64),
        TEXTFIELD_128(128),
        TEXTFIELD_1000(1_000),
        TEXTAREA(20_000),
        PASSWORD(1_000),
        BOOLEAN(5);

        private final int lengthMax;

        Type(int lengthMax) {
            this.lengthMax = lengthMax;
        }

        /** The greatest length of a value in characters. */
        public int lengthMax() {
            return lengthMax;
        }
    }

    /** When a value has to be given. */
    public enum Requirement {
        OPTIONAL,
        REQUIRED,
        /** Only with {@code providerData.code}: an instance that just receives webhooks needs none. */
        WITH_OAUTH_CODE
    }

    /** What a value has to fulfil. */
    @FunctionalInterface
    public interface Check {
        /** Any value of the right type. */
        Check NONE = value -> null;

        /** What is wrong with the value, as {@code found (expected: …)}; null when nothing is. */
        @Nullable String problemWith(String value);

        /** One of these values, in any case. */
        static Check oneOf(String... values) {
            List<String> accepted = List.of(values);
            return value -> accepted.contains(value.trim().toLowerCase(Locale.ROOT))
                    ? null
                    : value + " (expected: " + String.join(" or ", accepted) + ")";
        }

        /** A moment in ISO 8601, with an offset. */
        static Check instant() {
            return value -> {
                try {
                    OffsetDateTime.parse(value.strip());
                    return null;
                } catch (DateTimeParseException notOne) {
                    return value + " (expected: a moment, as in 2026-03-05T10:11:12Z)";
                }
            };
        }

        /** A whole number from {@code min} to {@code max}. */
        static Check wholeNumber(int min, int max) {
            return value -> {
                try {
                    int number = Integer.parseInt(value.trim());
                    return number >= min && number <= max ? null : number + " (expected: " + min + ".." + max + ")";
                } catch (NumberFormatException e) {
                    return value + " (expected: a whole number, " + min + ".." + max + ")";
                }
            };
        }
    }

    /** An optional text. */
    public static ConfigurationField text(String key, String label, Type type, String help) {
        return new ConfigurationField(key, label, type, null, Requirement.OPTIONAL, false, false, help, Check.NONE);
    }

    /** An optional switch. */
    public static ConfigurationField flag(String key, String label, boolean defaultValue, String help) {
        return text(key, label, Type.BOOLEAN, help).withDefault(String.valueOf(defaultValue));
    }

    /** The same with a value for when none is given. */
    public ConfigurationField withDefault(String value) {
        return new ConfigurationField(key, label, type, value, requirement, secret, hidden, help, check);
    }

    /** The same, to be given when that says. */
    public ConfigurationField needed(Requirement when) {
        return new ConfigurationField(key, label, type, defaultValue, when, secret, hidden, help, check);
    }

    /** The same as a secret. */
    public ConfigurationField asSecret() {
        return new ConfigurationField(key, label, type, defaultValue, requirement, true, hidden, help, check);
    }

    /** The same, left out of forms. */
    public ConfigurationField asHidden() {
        return new ConfigurationField(key, label, type, defaultValue, requirement, secret, true, help, check);
    }

    /** The same with a check of its values. */
    public ConfigurationField checkedBy(Check values) {
        return new ConfigurationField(key, label, type, defaultValue, requirement, secret, hidden, help, values);
    }

    /**
     * What is wrong with a value of this field. Whether one has to be given at all is not asked here: see
     * {@link #requirement}.
     *
     * @param value as given, blank when none is
     * @return a message that begins with the key and gives value and expectation (of a secret only the expectation), or
     *     null when the value can be stored
     */
    public @Nullable String problemWith(String value) {
        if (value.isBlank()) {
            return null;
        }
        if (value.length() > type.lengthMax()) {
            return key + ": " + value.length() + " characters (expected: at most " + type.lengthMax() + ")";
        }
        if (type == Type.BOOLEAN
                && !value.trim().equalsIgnoreCase("true")
                && !value.trim().equalsIgnoreCase("false")) {
            return key + ": " + value + " (expected: true or false)";
        }
        String problem = check.problemWith(value);
        return problem == null ? null : key + ": " + problem;
    }
}
