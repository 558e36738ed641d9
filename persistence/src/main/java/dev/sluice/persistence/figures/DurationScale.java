package dev.sluice.persistence.figures;

import java.time.Duration;

/**
 * Where durations are counted: slots that each reach √2 times as far as the one before, from a millisecond to beyond the
 * longest attempt. What is read off them is right to a fifth. Rows have it in this form: it cannot be changed.
 */
final class DurationScale {
    static final int SLOTS = 30;
    private static final double FIRST_MILLIS = 1;
    private static final double NANOS_A_MILLI = 1_000_000;

    private DurationScale() {}

    /** The slot that a duration is counted in; what is beyond the last is counted there. */
    static int slot(Duration duration) {
        double millis = duration.toNanos() / NANOS_A_MILLI;
        if (millis <= FIRST_MILLIS) {
            return 0;
        }
        return Math.min(SLOTS - 1, (int) Math.ceil(2 * Math.log(millis / FIRST_MILLIS) / Math.log(2)));
    }

    /** How far a slot reaches. */
    static double endMillis(int slot) {
        return FIRST_MILLIS * Math.pow(2, slot / 2.0);
    }

    /** Where a slot begins. */
    static double beginMillis(int slot) {
        return slot == 0 ? 0 : endMillis(slot - 1);
    }
}
