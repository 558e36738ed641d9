package dev.sluice.gateway.delivery.egress;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to make one call on a lane. Whoever has it gives it back, once; more often changes nothing. */
public final class Permit {
    private final Lane lane;
    private final Bulkhead bulkhead;
    private final AtomicBoolean returned = new AtomicBoolean();

    Permit(Lane lane, Bulkhead bulkhead) {
        this.lane = lane;
        this.bulkhead = bulkhead;
    }

    /** Gives it back: the next in the lane may go. */
    public void release() {
        if (returned.compareAndSet(false, true)) {
            bulkhead.releasePermission();
            lane.admitWaiting();
        }
    }
}
