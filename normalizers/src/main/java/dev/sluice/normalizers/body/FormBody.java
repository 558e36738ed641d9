package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A body of {@code name=value} pairs, {@code application/x-www-form-urlencoded}. */
public final class FormBody {
    /** The media type of forms. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private final byte[] body;

    private FormBody(byte[] body) {
        this.body = body;
    }

    /** A view of these bytes; nothing is checked or copied yet. */
    public static FormBody of(byte[] body) {
        return new FormBody(body);
    }

    /**
     * All fields.
     *
     * @throws MalformedBodyException as {@link FormFields#of}
     */
    public FormFields fields() {
        return FormFields.of(body);
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
        for (int i = start; i < body.length; i++) {
            if (body[i] == '&') {
                return i;
            }
        }
        return body.length;
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

    private byte[] decode(int start, int end) {
        byte[] decoded = new byte[decodedLength(start, end)];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = body[i];
            if (b == '%') {
                decoded[length++] = PercentEscape.decode(body, i, end);
                i += PercentEscape.LENGTH - 1;
            } else {
                decoded[length++] = b == '+' ? (byte) ' ' : b;
            }
        }
        return decoded;
    }

    private int decodedLength(int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            i += body[i] == '%' ? PercentEscape.LENGTH - 1 : 0;
            length++;
        }
        return length;
    }
}
