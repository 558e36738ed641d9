package dev.sluice.persistence.figures;

import java.time.Duration;
import java.util.Arrays;

/** Counts attempts one by one. For one thread at a time. */
public final class AttemptTally {
    private final long[] durations = new long[DurationScale.SLOTS];
    private long attempts;
    private long succeeded;

    /** Counts one. */
    public void add(boolean success, Duration duration) {
        attempts++;
        if (success) {
            succeeded++;
        }
        durations[DurationScale.slot(duration)]++;
    }

    /** What has been counted. */
    public AttemptFigures figures() {
        int slots = DurationScale.SLOTS;
        while (slots > 0 && durations[slots - 1] == 0) {
            slots--;
        }
        return new AttemptFigures(
                attempts, succeeded, Arrays.stream(durations, 0, slots).boxed().toList());
    }
}
