package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8. A JSON parser lets overlong forms and lone surrogates pass inside the strings it skips; passed on to
 * customers in {@code raw} they would break the notification.
 */
final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /**
     * Checks the bytes up to {@code end}.
     *
     * @throws MalformedBodyException when they are not UTF-8, with line and column
     */
    static void requireValid(byte[] bytes, int end, String what) {
        int i = 0;
        while (i < end) {
            if (i + Long.BYTES <= end && ((long) EIGHT_BYTES.get(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
                continue;
            }
            int length = sequenceLength(bytes, i, end);
            if (length == 0) {
                throw new MalformedBodyException(what + ": invalid UTF-8 at " + Position.of(bytes, i)
                        + ": found byte 0x" + Integer.toHexString(bytes[i] & 0xff) + " (expected: UTF-8)");
            }
            i += length;
        }
    }

    /** The length in bytes of the well-formed character at {@code i}, 0 when there is none. */
    private static int sequenceLength(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (i + length > end) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[i + 1] & 0xff;
        boolean overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        boolean surrogate = lead == 0xed && second > 0x9f;
        boolean beyondUnicode = lead == 0xf4 && second > 0x8f;
        return overlong || surrogate || beyondUnicode ? 0 : length;
    }
}
