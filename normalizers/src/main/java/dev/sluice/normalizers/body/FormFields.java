package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form. The whole body is decoded and checked in one pass; texts are made only of what is asked for,
 * because most fields are never looked at.
 */
public final class FormFields {
    /** A form of more fields is refused; the largest known have about a hundred. */
    public static final int FIELDS_MAX = 5_000;

    /** A field's place: where its name begins and ends, where its value ends, and the name's fingerprint. */
    private static final int PLACE = 4;

    private static final int FIRST_FIELDS = 32;

    /** Whether a byte means more than itself: one question for nearly all bytes, whatever mixture of them comes. */
    private static final boolean[] SIGNS = signs();

    private final byte[] body;

    /** With a byte between fields, and between name and value: no character must be put together across. */
    private final byte[] decoded;

    private int length;
    private int[] places = new int[FIRST_FIELDS * PLACE];
    private int count;

    private FormFields(byte[] body) {
        this.body = body;
        this.decoded = new byte[body.length];
    }

    private static boolean[] signs() {
        boolean[] signs = new boolean[1 << Byte.SIZE];
        for (char sign : new char[] {'&', '=', '%', '+'}) {
            signs[sign] = true;
        }
        return signs;
    }

    /**
     * One field, decoded.
     *
     * @param name may be empty
     * @param value empty when there is no equals sign
     */
    public record Field(String name, String value) {}

    /**
     * Reads a form.
     *
     * @throws MalformedBodyException when the body is empty, has more than {@link #FIELDS_MAX} fields, an unfinished
     *     percent escape, or is not UTF-8 once decoded
     */
    public static FormFields of(byte[] body) {
        FormFields fields = new FormFields(body);
        fields.decode();
        Utf8.requireValid(fields.decoded, fields.length, "form, decoded");
        if (fields.count == 0) {
            throw new MalformedBodyException("body: empty (expected: form fields)");
        }
        return fields;
    }

    /** All fields in order. */
    public List<Field> all() {
        List<Field> all = new ArrayList<>(count);
        for (int field = 0; field < count; field++) {
            all.add(new Field(name(field), value(field)));
        }
        return all;
    }

    /**
     * The value of the last field of that name, or null when there is none.
     *
     * @param name ASCII only
     */
    public @Nullable String last(String name) {
        int wanted = fingerprint(name.length(), name.length() < 2 ? 0 : name.charAt(name.length() - 2));
        for (int field = count - 1; field >= 0; field--) {
            if (places[field * PLACE + 3] == wanted && isNamed(field, name)) {
                return value(field);
            }
        }
        return null;
    }

    private void decode() {
        int start = 0;
        int equals = -1;
        int end = 0;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (!SIGNS[b & 0xff]) {
                decoded[end++] = b;
            } else if (b == '&') {
                note(start, equals, end);
                // Between two empty fields there is nothing to keep apart.
                end += end > start ? 1 : 0;
                start = end;
                equals = -1;
            } else if (b == '%') {
                decoded[end++] = PercentEscape.decode(body, i, body.length);
                i += PercentEscape.LENGTH - 1;
            } else {
                equals = b == '=' && equals < 0 ? end : equals;
                decoded[end++] = b == '+' ? (byte) ' ' : b;
            }
        }
        note(start, equals, end);
        length = end;
    }

    private void note(int start, int equals, int end) {
        if (end == start) {
            return;
        }
        if (count == FIELDS_MAX) {
            throw new MalformedBodyException(
                    "body: form of more than " + FIELDS_MAX + " fields (expected: at most that many)");
        }
        int place = count++ * PLACE;
        if (place == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        int nameEnd = equals < 0 ? end : equals;
        places[place] = start;
        places[place + 1] = nameEnd;
        places[place + 2] = end;
        places[place + 3] = fingerprint(nameEnd - start, nameEnd - start < 2 ? 0 : decoded[nameEnd - 2]);
    }

    /** Tells most names apart without looking at them again. */
    private static int fingerprint(int length, int lastButOne) {
        return length << Byte.SIZE | (lastButOne & 0xff);
    }

    private boolean isNamed(int field, String name) {
        int start = places[field * PLACE];
        for (int i = 0; i < name.length(); i++) {
            if (decoded[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String name(int field) {
        return text(places[field * PLACE], places[field * PLACE + 1]);
    }

    private String value(int field) {
        int end = places[field * PLACE + 2];
        return text(Math.min(places[field * PLACE + 1] + 1, end), end);
    }

    private String text(int start, int end) {
        return new String(decoded, start, end - start, StandardCharsets.UTF_8);
    }
}
