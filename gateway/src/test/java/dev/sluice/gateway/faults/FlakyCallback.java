package dev.sluice.gateway.faults;

import java.util.Random;

/** Refuses a share of the notifications, so that there is something owed when the next kill comes. */
final class FlakyCallback {
    private final Random random;
    private volatile double refusedShare;

    FlakyCallback(long seed, double refusedShare) {
        this.random = new Random(seed);
        this.refusedShare = refusedShare;
    }

    /** The HTTP status for the next notification. */
    int answer(long id) {
        return random.nextDouble() < refusedShare ? 503 : 200;
    }

    /** Answers all of them well from now on. */
    void recover() {
        refusedShare = 0;
    }
}
