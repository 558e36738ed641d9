package dev.sluice.normalizers.body;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps the start of a value that is far too long, without ever making a string of the whole. */
final class LongText {
    /** No kept text needs more bytes: a character takes at most six, written as an escape. */
    private static final int BYTES_MAX = Outline.TEXT_LENGTH_MAX * 6;

    private LongText() {}

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
        return cut(new String(json, start, end - start, StandardCharsets.UTF_8));
    }

    /** The text without what goes beyond the limit; never ends in half a surrogate pair. */
    static String cut(String text) {
        int end = Math.min(text.length(), Outline.TEXT_LENGTH_MAX);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static boolean isNumberEnd(byte b) {
        return b == ',' || b == '}' || b == ']' || b <= ' ';
    }
}
