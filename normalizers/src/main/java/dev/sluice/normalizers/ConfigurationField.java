package dev.sluice.normalizers;

import org.jspecify.annotations.Nullable;

/**
 * One thing an instance can be configured with. This one list is what requests are validated against, what the metadata
 * calls answer, and what the console's form is made of.
 *
 * @param key the name in {@code configuration}: {@code github.organization}
 * @param label as the original shows it: {@code GitHub Organization}
 * @param type how it is entered and how long it may be
 * @param defaultValue the value when none is given, or null
 * @param requirement when it has to be given
 * @param secret whether it is encrypted at rest and read back as {@code ********}
 * @param hidden whether forms leave it out because the platform fills it in
 * @param help one or two sentences for the person who fills it in
 */
public record ConfigurationField(
        String key,
        String label,
        Type type,
        @Nullable String defaultValue,
        Requirement requirement,
        boolean secret,
        boolean hidden,
        String help) {

    /** How a value is entered; the number is its greatest length in characters. */
    public enum Type {
        TEXTFIELD_32,
        TEXTFIELD_64,
        TEXTFIELD_128,
        TEXTFIELD_1000,
        TEXTAREA,
        PASSWORD,
        BOOLEAN
    }

    /** When a value has to be given. */
    public enum Requirement {
        OPTIONAL,
        REQUIRED,
        /** Only with {@code providerData.code}: an instance that just receives webhooks needs none. */
        WITH_OAUTH_CODE
    }
}
