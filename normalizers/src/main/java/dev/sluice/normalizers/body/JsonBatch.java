package dev.sluice.normalizers.body;

import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/** Takes some elements out of a JSON array, each byte for byte as it stands there. */
public final class JsonBatch {
    private final byte[] json;
    private final IntPredicate wanted;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean any;

    private JsonBatch(byte[] json, IntPredicate wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    /**
     * The array with only the wanted elements.
     *
     * @param json an array that {@link JsonReader#readBatch} has read without an error
     * @param wanted by the place of an element, from 0
     */
    public static byte[] only(byte[] json, IntPredicate wanted) {
        return new JsonBatch(json, wanted).cut();
    }

    private byte[] cut() {
        kept.write('[');
        int depth = 0;
        int index = 0;
        int start = 0;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                i = endOfText(i);
            } else if (b == '[' || b == '{') {
                depth++;
                start = depth == 1 ? i + 1 : start;
            } else if (depth == 1 && (b == ',' || b == ']')) {
                take(index++, start, i);
                start = i + 1;
                depth -= b == ']' ? 1 : 0;
            } else if (b == ']' || b == '}') {
                depth--;
            }
        }
        kept.write(']');
        return kept.toByteArray();
    }

    /** The place of the quote that ends the text that begins here. */
    private int endOfText(int opening) {
        int i = opening + 1;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private void take(int index, int start, int end) {
        if (wanted.test(index)) {
            if (any) {
                kept.write(',');
            }
            any = true;
            kept.write(json, start, end - start);
        }
    }
}
