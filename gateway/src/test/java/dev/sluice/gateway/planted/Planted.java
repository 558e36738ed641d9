package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Makes secrets that are found again wherever they come out, also encoded: each has the same marker in it. */
public final class Planted {
    /** Of characters that stay what they are in a URL. */
    public static final String MARKER = "planted-secret-4711";

    private Planted() {}

    /** A secret that begins with these words. */
    public static String secret(String words) {
        return words + "-" + MARKER;
    }

    /** A secret as Standard Webhooks has them: {@code whsec_} and Base64. */
    public static String standardKey() {
        return "whsec_"
                + Base64.getEncoder().encodeToString(secret("standard-webhooks").getBytes(UTF_8));
    }

    /** Whether a planted secret is in that text, in clear or encoded. */
    public static boolean isIn(String text) {
        return SecretSearch.isPlanted(text);
    }

    /**
     * A secret that somebody else made and gave: an access token, a code. It is looked for as it is.
     *
     * @return the same
     */
    public static String given(String secret) {
        Said.append("given", secret + "\n");
        return secret;
    }
}
