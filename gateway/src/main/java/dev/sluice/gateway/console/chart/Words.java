package dev.sluice.gateway.console.chart;

import java.time.Duration;
import java.util.Locale;

/** Figures in words. */
public final class Words {
    private static final double MILLIS_A_SECOND = 1_000;
    private static final int PERCENT = 100;
    private static final int SECONDS_A_MINUTE = 60;

    private Words() {}

    /** A whole number with its thousands apart. */
    public static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    /** So many of something that takes an s when they are more. */
    public static String some(long value, String what) {
        return number(value) + " " + what + (value == 1 ? "" : "s");
    }

    /** A number that was counted no further than {@code counted}. */
    public static String counted(long value, long counted) {
        return value >= counted ? "at least " + number(counted) : number(value);
    }

    /** How many a minute, or a second where they are many. */
    public static String rate(long perMinute) {
        return perMinute < PERCENT * SECONDS_A_MINUTE
                ? number(perMinute) + " a minute"
                : number(perMinute / SECONDS_A_MINUTE) + " a second";
    }

    /** A part of a whole; never 100 % while something is missing, nor 0 % while there is something. */
    public static String percent(long part, long whole) {
        double percent = (double) PERCENT * part / whole;
        double shown = Math.round(percent * 10) / 10.0;
        double honest = part < whole ? Math.min(shown, PERCENT - 0.1) : shown;
        boolean round = part == 0 || part == whole;
        return String.format(Locale.ENGLISH, round ? "%.0f %%" : "%.1f %%", round ? percent : Math.max(honest, 0.1));
    }

    /** A time that something took. */
    public static String took(Duration duration) {
        double millis = duration.toNanos() / 1_000_000.0;
        if (millis < 10) {
            return String.format(Locale.ENGLISH, "%.1f ms", millis);
        }
        return millis < MILLIS_A_SECOND
                ? String.format(Locale.ENGLISH, "%.0f ms", millis)
                : String.format(Locale.ENGLISH, "%.1f s", millis / MILLIS_A_SECOND);
    }

    /** How long ago something was, roughly; what lies ahead is now. */
    public static String age(Duration age) {
        if (age.toSeconds() < SECONDS_A_MINUTE) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
