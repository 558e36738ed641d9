package dev.sluice.gateway.delivery.egress;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The right to make one call on a lane. Whoever has it gives it back, once; more often changes nothing. */
public final class Permit {
    private final Lane lane;
    private final CallLimit calls;
    private final AtomicBoolean returned = new AtomicBoolean();
    private volatile @Nullable PacedCall call;

    private record PacedCall(Pace pace, Pace.Call call) {}

    Permit(Lane lane, CallLimit calls) {
        this.lane = lane;
        this.calls = calls;
    }

    /** Whether more calls were let go than there may be by now, so that this one is better not made. */
    boolean isTooMany() {
        return calls.isExceeded();
    }

    /** The call that this is for has begun. */
    void begun(Pace pace, Pace.Call paced) {
        call = new PacedCall(pace, paced);
    }

    /** The call goes out now. */
    public void sent() {
        PacedCall begun = call;
        if (begun != null) {
            begun.pace().sent(begun.call(), System.nanoTime());
        }
    }

    /** Gives it back: the next in the lane may go. */
    public void release() {
        if (returned.compareAndSet(false, true)) {
            PacedCall begun = call;
            if (begun != null) {
                begun.pace().end(begun.call(), System.nanoTime());
            }
            calls.giveBack();
            lane.admitWaiting();
        }
    }
}
