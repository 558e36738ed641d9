package dev.sluice.gateway.rig.traffic;

/** Finds the id in a body that may come in pieces. */
final class IdScanner {
    static final long NONE = -1;

    private int digits = -1;
    private long value;
    private long found = NONE;

    /** Begins another body. */
    void reset() {
        digits = -1;
        value = 0;
        found = NONE;
    }

    /** Reads the next piece. */
    void feed(byte[] bytes, int from, int to) {
        for (int index = from; index < to && found == NONE; index++) {
            byte next = bytes[index];
            if (next == PushPayload.ID_SIGN) {
                digits = 0;
                value = 0;
            } else if (digits >= 0) {
                digit(next);
            }
        }
    }

    private void digit(byte next) {
        if (next < '0' || next > '9') {
            digits = -1;
            return;
        }
        value = value * 10 + (next - '0');
        if (++digits == PushPayload.ID_DIGITS) {
            found = value;
        }
    }

    /** The id, or {@link #NONE} as long as it has not come. */
    long found() {
        return found;
    }
}
