package dev.sluice.normalizers.body;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates as providers write them. Written by hand because {@code java.time} formatters cost more than the rest of a
 * webhook's normalising, and tell of a mistake by an exception.
 */
public final class Timestamps {
    private static final int SECONDS_END = 19;
    private static final long YEAR_10000 = 253_402_300_800L;

    private Timestamps() {}

    /**
     * {@code yyyy-MM-ddTHH:mm:ss}, perhaps a fraction, then {@code Z}, {@code ±HH:mm} or {@code ±HHmm}.
     *
     * @return the moment, or null when the text is anything else
     */
    public static @Nullable Instant parse(String text) {
        int zone = endOfFraction(text);
        if (zone < 0 || !isDateAndTime(text, 'T')) {
            return null;
        }
        ZoneOffset offset = offset(text, zone);
        return offset == null ? null : toInstant(text, offset, nanos(text, zone));
    }

    /**
     * {@code yyyy-MM-dd HH:mm:ss}, taken as UTC.
     *
     * @return the moment, or null when the text is anything else
     */
    public static @Nullable Instant parseUtcWithoutZone(String text) {
        return text.length() == SECONDS_END && isDateAndTime(text, ' ') ? toInstant(text, ZoneOffset.UTC, 0) : null;
    }

    /**
     * Whole seconds since 1970.
     *
     * @return the moment, or null when it is no whole number or lies before 1970 or after the year 9999
     */
    public static @Nullable Instant ofUnixSeconds(String digits) {
        if (digits.isEmpty() || digits.length() > 12) {
            return null;
        }
        long seconds = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits, i)) {
                return null;
            }
            seconds = seconds * 10 + digits.charAt(i) - '0';
        }
        return seconds < YEAR_10000 ? Instant.ofEpochSecond(seconds) : null;
    }

    private static @Nullable Instant toInstant(String text, ZoneOffset offset, int nanos) {
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            nanos)
                    .toInstant(offset);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean isDateAndTime(String text, char separator) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == separator
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && areDigits(text, 0, 4)
                && areDigits(text, 5, 7)
                && areDigits(text, 8, 10)
                && areDigits(text, 11, 13)
                && areDigits(text, 14, 16)
                && areDigits(text, 17, 19);
    }

    /** Where the zone begins, or -1 when the text is too short or the fraction has no digits or more than nine. */
    private static int endOfFraction(String text) {
        if (text.length() <= SECONDS_END) {
            return -1;
        }
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        int end = SECONDS_END + 1;
        while (end < text.length() && isDigit(text, end)) {
            end++;
        }
        int digits = end - SECONDS_END - 1;
        return digits == 0 || digits > 9 || end == text.length() ? -1 : end;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        for (int i = SECONDS_END + 1; i < SECONDS_END + 10; i++) {
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }

    private static @Nullable ZoneOffset offset(String text, int start) {
        char sign = text.charAt(start);
        if (sign == 'Z') {
            return text.length() == start + 1 ? ZoneOffset.UTC : null;
        }
        int minutes = text.length() == start + 6 && text.charAt(start + 3) == ':' ? start + 4 : start + 3;
        boolean wellFormed = (sign == '+' || sign == '-')
                && text.length() == minutes + 2
                && areDigits(text, start + 1, start + 3)
                && areDigits(text, minutes, minutes + 2);
        if (!wellFormed) {
            return null;
        }
        int total = number(text, start + 1, start + 3) * 60 + number(text, minutes, minutes + 2);
        int signed = sign == '-' ? -total : total;
        return Math.abs(signed) > 18 * 60 ? null : ZoneOffset.ofTotalSeconds(signed * 60);
    }

    private static boolean areDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(String text, int index) {
        char c = text.charAt(index);
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
