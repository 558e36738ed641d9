package dev.sluice.normalizers.owner;

import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.OwnerKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something an instance can be found by, in the form it is looked up: equal terms are a reason to look closer, no proof.
 *
 * @param rule which settings are compared, or the instance's own finder; at most 250 characters
 * @param value their values in lower case, at most 200 characters
 */
public record OwnerTerm(String rule, String value) {
    private static final int RULE_LENGTH_MAX = 250;
    private static final int VALUE_LENGTH_MAX = 200;
    private static final String BETWEEN = "\u001f";

    public OwnerTerm {
        rule = cut(rule, RULE_LENGTH_MAX);
        // No database text holds the character 0.
        value = cut(value.replace('\0', ' '), VALUE_LENGTH_MAX);
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }

    static OwnerTerm of(Owner owner) {
        return of(
                rule(owner.keys().stream().map(OwnerKey::configurationKey).toList()),
                owner.keys().stream().map(OwnerKey::value).toList());
    }

    static OwnerTerm of(String rule, List<String> values) {
        return new OwnerTerm(
                rule,
                values.stream()
                        .map(value -> value.trim().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(BETWEEN)));
    }

    static String rule(List<String> settings) {
        return String.join(",", settings);
    }
}
