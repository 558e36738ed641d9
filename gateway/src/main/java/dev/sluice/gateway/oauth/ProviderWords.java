package dev.sluice.gateway.oauth;

import java.util.Collection;

/** What a provider said, fit to be shown: cut, on one line, and without the secrets that it was told. */
public final class ProviderWords {
    private static final int LENGTH_MAX = 300;
    private static final String MASK = "********";

    private ProviderWords() {}

    /**
     * The words without what must not be shown.
     *
     * @param secrets what the provider was told; blank ones are ignored
     */
    public static String shown(String words, Collection<String> secrets) {
        String shown = words;
        for (String secret : secrets) {
            if (!secret.isBlank()) {
                shown = shown.replace(secret, MASK);
            }
        }
        String line = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
    }
}
