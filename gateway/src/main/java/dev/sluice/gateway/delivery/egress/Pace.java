package dev.sluice.gateway.delivery.egress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a second one endpoint may get from this node, in whichever second it looks. A call arrives some time between
 * its sending and its answer; it counts from its beginning until a second after its answer. A quarter is kept for owed
 * deliveries, which may use what first attempts leave, too. (Below four a second, only that.)
 *
 * <p>Safe for use from many threads.
 */
final class Pace {
    private static final int OWED_SHARE = 4;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** Whoever is slower to answer is taken to have got the call by then, or it would be called ever less. */
    private static final long ARRIVAL_NANOS_MAX = Duration.ofMillis(500).toNanos();

    private final Deque<Call> begun = new ArrayDeque<>();
    private final Deque<Call> arrived = new ArrayDeque<>();
    private int perSecond;
    private int calls;
    private int firstAttempts;

    /** A call that counts. */
    static final class Call {
        private final boolean firstAttempt;
        private boolean isSent;
        private boolean hasArrived;
        private long sinceNanos;

        private Call(boolean firstAttempt) {
            this.firstAttempt = firstAttempt;
        }
    }

    /** @param perSecond at least 1 */
    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Changes the limit; what was called before still counts. */
    synchronized void limitTo(int callsPerSecond) {
        perSecond = callsPerSecond;
    }

    /** Begins a first attempt, if there may be one now. */
    synchronized @Nullable Call tryFirst(long nowNanos) {
        forget(nowNanos);
        int most = perSecond - perSecond / OWED_SHARE;
        return firstAttempts < most && calls < perSecond ? begin(true) : null;
    }

    /** Begins an owed delivery's attempt, if there may be one now. */
    synchronized @Nullable Call tryOwed(long nowNanos) {
        forget(nowNanos);
        return calls < perSecond ? begin(false) : null;
    }

    /** Begins a call that is made in any case. */
    synchronized Call beginAnyway(long nowNanos) {
        forget(nowNanos);
        return begin(false);
    }

    private Call begin(boolean firstAttempt) {
        Call call = new Call(firstAttempt);
        calls++;
        firstAttempts += firstAttempt ? 1 : 0;
        begun.add(call);
        return call;
    }

    /** There is a connection, and it goes out. */
    synchronized void sent(Call call, long nowNanos) {
        call.isSent = true;
        call.sinceNanos = nowNanos;
    }

    /** It is answered, or given up. */
    synchronized void end(Call call, long nowNanos) {
        if (!call.hasArrived) {
            arrive(call, nowNanos);
        }
    }

    private void arrive(Call call, long nowNanos) {
        call.hasArrived = true;
        call.sinceNanos = nowNanos;
        arrived.add(call);
    }

    private void forget(long nowNanos) {
        for (Call first = begun.peek();
                first != null && (first.hasArrived || isTakenToHaveArrived(first, nowNanos));
                first = begun.peek()) {
            begun.remove();
            end(first, first.sinceNanos + ARRIVAL_NANOS_MAX);
        }
        for (Call first = arrived.peek();
                first != null && nowNanos - first.sinceNanos >= SECOND_NANOS;
                first = arrived.peek()) {
            arrived.remove();
            calls--;
            firstAttempts -= first.firstAttempt ? 1 : 0;
        }
    }

    private static boolean isTakenToHaveArrived(Call call, long nowNanos) {
        return call.isSent && nowNanos - call.sinceNanos >= ARRIVAL_NANOS_MAX;
    }

    /** How many owed deliveries could be attempted now, 0 or more. */
    synchronized int leftForOwed(long nowNanos) {
        forget(nowNanos);
        return Math.max(0, perSecond - calls);
    }

    /** How long until one may be attempted, if nothing else is; zero when it may be now. */
    synchronized Duration untilOwed(long nowNanos) {
        if (leftForOwed(nowNanos) > 0) {
            return Duration.ZERO;
        }
        Call next = arrived.peek();
        return next == null
                ? Duration.ofNanos(SECOND_NANOS)
                : Duration.ofNanos(SECOND_NANOS - (nowNanos - next.sinceNanos));
    }
}
