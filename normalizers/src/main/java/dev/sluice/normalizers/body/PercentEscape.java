package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.util.Arrays;

/** A byte as forms write it: a percent sign and two hexadecimal digits. */
final class PercentEscape {
    static final int LENGTH = 3;

    /** A table, because the platform's own way of reading a digit knows all scripts. */
    private static final byte[] DIGITS = digits();

    private PercentEscape() {}

    /**
     * The byte that is written there.
     *
     * @param at where the percent sign stands
     * @param end where the text ends that it has to be within
     * @throws MalformedBodyException when two digits do not follow
     */
    static byte decode(byte[] body, int at, int end) {
        int high = at + 2 < end ? digit(body[at + 1]) : -1;
        int low = at + 2 < end ? digit(body[at + 2]) : -1;
        if ((high | low) < 0) {
            throw new MalformedBodyException("body: unfinished escape at " + Position.of(body, at)
                    + " (expected: % and two hexadecimal digits)");
        }
        return (byte) (high << 4 | low);
    }

    private static int digit(byte character) {
        return character < 0 ? -1 : DIGITS[character];
    }

    private static byte[] digits() {
        byte[] digits = new byte[Byte.MAX_VALUE + 1];
        Arrays.fill(digits, (byte) -1);
        for (int value = 0; value < 16; value++) {
            String digit = Integer.toHexString(value);
            digits[digit.charAt(0)] = (byte) value;
            digits[Character.toUpperCase(digit.charAt(0))] = (byte) value;
        }
        return digits;
    }
}
