package dev.sluice.gateway.account;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets a request shows.
 *
 * @param organization null when the request names none: then there is an element
 * @param element the token of an instance, or null when the request names none
 */
record Credentials(
        String user,
        @Nullable String organization,
        @Nullable String element) {
    private static final Set<String> SCHEMES = Set.of("user", "organization", "element");

    /**
     * Reads {@code Authorization} headers, in any order and case. Secrets hold no comma and no blank.
     *
     * @param headers the values of the header, usually one
     * @return empty when the user, or both organization and element are missing, or anything else is there or is there twice
     */
    static Optional<Credentials> parse(List<String> headers) {
        Map<String, String> secrets = new HashMap<>();
        for (String part : String.join(",", headers).split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            String scheme = words[0].toLowerCase(Locale.ROOT);
            if (words.length != 2 || !SCHEMES.contains(scheme) || secrets.put(scheme, words[1]) != null) {
                return Optional.empty();
            }
        }
        String user = secrets.get("user");
        String organization = secrets.get("organization");
        String element = secrets.get("element");
        return user == null || (organization == null && element == null)
                ? Optional.empty()
                : Optional.of(new Credentials(user, organization, element));
    }

    /** Says what is there without saying what it is. */
    @Override
    public String toString() {
        return "Credentials[element=" + (element == null ? "none" : "given") + "]";
    }
}
