package dev.sluice.gateway.delivery.egress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** First attempts that wait for their turn on one lane, in the order of coming; bounded in number, bytes and time. */
final class WaitingLine {
    private final LaneLimits limits;
    private final CallLimit calls;
    private final Supplier<Permit> permit;
    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger admitting = new AtomicInteger();

    private record Waiter(MonoSink<Permit> sink, long bytes, long untilNanos) {}

    /**
     * Begins empty.
     *
     * @param calls who waits for one of these
     * @param permit makes the permit of one that was taken
     */
    WaitingLine(LaneLimits limits, CallLimit calls, Supplier<Permit> permit) {
        this.limits = limits;
        this.calls = calls;
        this.permit = permit;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits at the end, or gets nothing when too many wait already. */
    void join(MonoSink<Permit> sink, long held) {
        if (!tryWait(held)) {
            sink.success();
            return;
        }
        waiting.add(new Waiter(sink, held, System.nanoTime() + limits.patience().toNanos()));
        // A permit may have come back since it was asked for.
        admit();
    }

    private boolean tryWait(long held) {
        int nowWaiting = count.incrementAndGet();
        long nowHeld = bytes.addAndGet(held);
        if (nowWaiting <= limits.waitingMax() && nowHeld <= limits.waitingBytesMax()) {
            return true;
        }
        noLongerWaits(held);
        return false;
    }

    private void noLongerWaits(long held) {
        count.decrementAndGet();
        bytes.addAndGet(-held);
    }

    /** Lets go who waits, as far as permits reach. Only one thread does so at a time, and never within itself. */
    void admit() {
        if (admitting.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (!waiting.isEmpty() && calls.tryTake()) {
                admitNext();
            }
            seen = admitting.addAndGet(-seen);
        } while (seen != 0);
    }

    private void admitNext() {
        Waiter next = poll();
        if (next == null) {
            calls.giveBack();
        } else {
            next.sink().success(permit.get());
        }
    }

    private @Nullable Waiter poll() {
        Waiter next = waiting.poll();
        if (next != null) {
            noLongerWaits(next.bytes());
        }
        return next;
    }

    /** Sends away who has waited too long. */
    void expire(long nowNanos) {
        Waiter first = waiting.peek();
        while (first != null && first.untilNanos() - nowNanos <= 0) {
            // Another thread may just have let that one go; then this sends away the next, which is hardly younger.
            Waiter polled = poll();
            if (polled != null) {
                polled.sink().success();
            }
            first = waiting.peek();
        }
    }
}
