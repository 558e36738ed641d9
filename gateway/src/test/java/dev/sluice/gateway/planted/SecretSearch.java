package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for secrets in texts: for the marker in each form that it may come out in, and for some as they are. */
final class SecretSearch {
    /** What comes out in its place where a finding is told. */
    static final String HIDDEN = "<secret>";

    private static final int CONTEXT = 60;
    private static final int LINES_TOLD = 5;
    private static final Pattern MARKER = Pattern.compile(forms());
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_.~-]{16,}");

    private final Set<String> others;

    /** @param others that have no marker in them */
    SecretSearch(Set<String> others) {
        this.others = new TreeSet<>();
        others.stream().map(SecretSearch::withoutPadding).forEach(this.others::add);
    }

    private static String forms() {
        List<String> forms = new ArrayList<>(List.of(
                "(?i:" + Planted.MARKER + ")",
                "(?i:" + HexFormat.of().formatHex(Planted.MARKER.getBytes(UTF_8)) + ")"));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(before));
        }
        return String.join("|", forms);
    }

    /** What is the same in Base64 whatever surrounds the marker, with so many bytes (modulo 3) before it. */
    private static String base64(int before) {
        byte[] bytes = ("x".repeat(before) + Planted.MARKER).getBytes(UTF_8);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int first = (before * 8 + 5) / 6;
        int last = bytes.length * 8 / 6;
        return encoded.substring(first, last);
    }

    private static String withoutPadding(String secret) {
        return secret.replaceFirst("=+$", "");
    }

    /** Whether the marker is in it, in any form. */
    static boolean isPlanted(String text) {
        return MARKER.matcher(text).find();
    }

    /** What is around each secret that is in the text, without the secret; no more than a few. */
    List<String> findings(String text) {
        List<String> findings = new ArrayList<>();
        for (Matcher marker = MARKER.matcher(text); marker.find() && findings.size() < LINES_TOLD; ) {
            findings.add(around(text, marker));
        }
        if (!others.isEmpty()) {
            for (Matcher word = WORD.matcher(text); word.find() && findings.size() < LINES_TOLD; ) {
                if (others.contains(withoutPadding(word.group()))) {
                    findings.add(around(text, word));
                }
            }
        }
        return findings;
    }

    private static String around(String text, Matcher found) {
        String before = text.substring(Math.max(0, found.start() - CONTEXT), found.start());
        String after = text.substring(found.end(), Math.min(text.length(), found.end() + CONTEXT));
        return MARKER.matcher(before + HIDDEN + after).replaceAll(HIDDEN).replaceAll("\\s+", " ");
    }
}
