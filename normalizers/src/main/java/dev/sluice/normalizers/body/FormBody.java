package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body of {@code name=value} pairs, {@code application/x-www-form-urlencoded}. */
public final class FormBody {
    /** The media type of forms. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    /** A form of more fields is refused; the largest known have about a hundred. */
    public static final int FIELDS_MAX = 5_000;

    private final byte[] body;

    private FormBody(byte[] body) {
        this.body = body;
    }

    /**
     * One field, decoded.
     *
     * @param name may be empty
     * @param value empty when there is no equals sign
     */
    public record Field(String name, String value) {}

    /** A view of these bytes; nothing is checked or copied yet. */
    public static FormBody of(byte[] body) {
        return new FormBody(body);
    }

    /**
     * All fields in order.
     *
     * @throws MalformedBodyException when the body is empty, has more than {@link #FIELDS_MAX} fields, an unfinished
     *     percent escape, or is not UTF-8 once decoded
     */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int start = 0; start < body.length; start = endOfPair(start) + 1) {
            int end = endOfPair(start);
            if (end == start) {
                continue;
            }
            if (fields.size() == FIELDS_MAX) {
                throw new MalformedBodyException(
                        "body: form of more than " + FIELDS_MAX + " fields (expected: at most that many)");
            }
            int equals = indexOf('=', start, end);
            fields.add(new Field(decodeText(start, equals), decodeText(Math.min(equals + 1, end), end)));
        }
        if (fields.isEmpty()) {
            throw new MalformedBodyException("body: empty (expected: form fields)");
        }
        return fields;
    }

    /**
     * The decoded bytes of the one field of that name.
     *
     * @throws MalformedBodyException when there is no such field, more than one, or its value has an unfinished percent
     *     escape
     */
    public byte[] single(String name) {
        byte @Nullable [] found = null;
        byte[] prefix = (name + '=').getBytes(StandardCharsets.US_ASCII);
        for (int start = 0; start < body.length; start = endOfPair(start) + 1) {
            if (!startsWith(prefix, start)) {
                continue;
            }
            if (found != null) {
                throw new MalformedBodyException("form field " + name + ": given twice (expected: once)");
            }
            found = decode(start + prefix.length, endOfPair(start));
        }
        if (found == null) {
            throw new MalformedBodyException("form field " + name + ": missing (expected: once)");
        }
        return found;
    }

    private int endOfPair(int start) {
        return indexOf('&', start, body.length);
    }

    private int indexOf(char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    private boolean startsWith(byte[] prefix, int start) {
        if (start + prefix.length > body.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (body[start + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private String decodeText(int start, int end) {
        byte[] decoded = decode(start, end);
        Utf8.requireValid(decoded, "form field");
        return new String(decoded, StandardCharsets.UTF_8);
    }

    private byte[] decode(int start, int end) {
        byte[] decoded = new byte[decodedLength(start, end)];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = body[i];
            if (b == '%') {
                decoded[length++] = (byte) percent(i, end);
                i += 2;
            } else {
                decoded[length++] = b == '+' ? (byte) ' ' : b;
            }
        }
        return decoded;
    }

    private int decodedLength(int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            i += body[i] == '%' ? 2 : 0;
            length++;
        }
        return length;
    }

    private int percent(int at, int end) {
        int high = at + 2 < end ? Character.digit(body[at + 1], 16) : -1;
        int low = at + 2 < end ? Character.digit(body[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new MalformedBodyException("body: unfinished escape at " + Position.of(body, at)
                    + " (expected: % and two hexadecimal digits)");
        }
        return high * 16 + low;
    }
}
