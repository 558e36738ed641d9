package dev.sluice.gateway.delivery.egress;

import dev.sluice.persistence.eventlog.Body;
import java.time.Duration;

/** Lanes, and what their calls come to. */
abstract class LaneRig {
    static final Duration GUARD = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration OPEN = Duration.ofMillis(200);
    static final long BYTES = 100;
    static final long BYTES_MAX = 60_000 * BYTES;
    static final Answer GOOD = answer(200);
    static final Answer BAD = answer(500);

    static Lane lane(int concurrency, int waitingMax) {
        return new Lanes(new LaneLimits(concurrency, waitingMax, BYTES_MAX, PATIENCE, OPEN)).of(1);
    }

    private static Answer answer(int status) {
        return new Answer(status, null, null, new Body(new byte[0]));
    }
}
