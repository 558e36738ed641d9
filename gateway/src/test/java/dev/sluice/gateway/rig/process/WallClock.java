package dev.sluice.gateway.rig.process;

import java.time.Clock;
import java.time.Instant;

/** The machine's wall clock in microseconds: the one clock that all processes of a run share. */
public final class WallClock {
    // There is no application here whose clock could be injected; the processes have only the machine's in common.
    @SuppressWarnings("TimeZoneUsage")
    private static final Clock CLOCK = Clock.systemUTC();

    private WallClock() {}

    /** Microseconds since 1970. */
    public static long micros() {
        Instant now = CLOCK.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
