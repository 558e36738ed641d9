package dev.sluice.gateway.console.instance;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form as the template draws it.
 *
 * @param key its name in the form
 * @param kind {@code text}, {@code password}, {@code textarea} or {@code switch}
 * @param value what was typed, else what is set, else the default; empty when there is nothing
 * @param need when it has to be given, for people; empty when it need not
 * @param problem what is wrong with what was typed; empty when nothing is
 */
record FormField(String key, String label, String kind, String value, String need, String help, String problem) {
    private static final String ON = "true";

    static FormField of(ConfigurationField field, @Nullable String value, @Nullable String problem) {
        return new FormField(
                field.key(),
                field.label(),
                kind(field),
                Objects.requireNonNullElse(value, Objects.requireNonNullElse(field.defaultValue(), "")),
                need(field.requirement()),
                field.help(),
                Objects.requireNonNullElse(problem, ""));
    }

    private static String kind(ConfigurationField field) {
        if (field.type() == ConfigurationField.Type.BOOLEAN) {
            return "switch";
        }
        if (field.type() == ConfigurationField.Type.TEXTAREA) {
            return "textarea";
        }
        return field.secret() ? "password" : "text";
    }

    private static String need(Requirement requirement) {
        return switch (requirement) {
            case REQUIRED -> "required";
            case WITH_OAUTH_CODE -> "required to connect by OAuth";
            case OPTIONAL -> "";
        };
    }

    /** Whether a switch is on. */
    public boolean on() {
        return ON.equalsIgnoreCase(value);
    }

    /** Whether something is wrong with it. */
    public boolean wrong() {
        return !problem.isEmpty();
    }
}
