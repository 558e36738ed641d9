package dev.sluice.normalizers.body;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as it is kept: of bounded length, and storable and sendable whatever the sender wrote. */
public final class KeptText {
    /** No kept text needs more bytes: a character takes at most six, written as an escape. */
    private static final int BYTES_MAX = Outline.TEXT_LENGTH_MAX * 6;

    private KeptText() {}

    /**
     * The value's first characters when it is longer than anything that is kept, else null.
     *
     * @param offset where the value's token begins
     */
    static @Nullable String startOf(byte[] json, int offset) {
        boolean string = json[offset] == '"';
        int start = string ? offset + 1 : offset;
        int end = Math.min(json.length, start + BYTES_MAX);
        for (int i = start; i < end; i++) {
            if (string ? json[i] == '"' : isNumberEnd(json[i])) {
                return null;
            }
            if (json[i] == '\\') {
                i++;
            }
        }
        return of(new String(json, start, end - start, StandardCharsets.UTF_8));
    }

    /**
     * The text cut to {@link Outline#TEXT_LENGTH_MAX} characters, never within a surrogate pair. U+0000, which databases
     * do not store, and surrogates without their other half, which no encoding can express, become U+FFFD.
     */
    public static String of(String text) {
        String kept = text.length() <= Outline.TEXT_LENGTH_MAX ? text : cut(text);
        for (int i = 0; i < kept.length(); i++) {
            char c = kept.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaceUnfit(kept);
            }
        }
        return kept;
    }

    private static String cut(String text) {
        int end = Outline.TEXT_LENGTH_MAX;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static String replaceUnfit(String text) {
        StringBuilder fit = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
                .forEach(fit::appendCodePoint);
        return fit.toString();
    }

    private static boolean isNumberEnd(byte b) {
        return b == ',' || b == '}' || b == ']' || b <= ' ';
    }
}
