package dev.sluice.gateway.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The memory that webhooks on their way to the log may hold in all, in bytes. Whoever finds none left is turned away, so
 * that neither many nor large webhooks can exhaust the heap.
 */
final class ByteBudget {
    private final long max;
    private final BooleanSupplier open;
    private final AtomicLong held = new AtomicLong();

    /** @param open whether there is memory for what webhooks come to after the log; none is let in while there is not */
    ByteBudget(long max, BooleanSupplier open) {
        this.max = max;
        this.open = open;
    }

    /** An empty reservation, to be grown. */
    Reservation reservation() {
        return new Reservation();
    }

    /** How much is held. */
    long held() {
        return held.get();
    }

    long max() {
        return max;
    }

    private boolean tryHold(long bytes) {
        long now = held.addAndGet(bytes);
        if (now <= max && open.getAsBoolean()) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** What one webhook holds. Given back once, however often that is asked for. */
    final class Reservation {
        private final AtomicLong bytes = new AtomicLong();
        private volatile boolean handedOver;
        private volatile boolean released;

        /** Holds more; false, and nothing more is held, when the budget has none left. */
        boolean grow(long more) {
            if (!tryHold(more)) {
                return false;
            }
            bytes.addAndGet(more);
            if (released) {
                // Its sender hung up meanwhile, and nobody would give this back.
                release();
            }
            return true;
        }

        /** Gives all back, and from now on at once what it grows by. */
        void release() {
            released = true;
            held.addAndGet(-bytes.getAndSet(0));
        }

        /** From now on somebody else gives it back: whoever it was handed to. */
        void handOver() {
            handedOver = true;
        }

        /** Hands it over to several: what this returns is to be run by each once, and the last one gives all back. */
        Runnable handOver(int holders) {
            AtomicInteger left = new AtomicInteger(holders);
            handOver();
            return () -> {
                if (left.decrementAndGet() == 0) {
                    release();
                }
            };
        }

        /** Gives all back unless it was handed over. */
        void releaseIfKept() {
            if (!handedOver) {
                release();
            }
        }
    }
}
