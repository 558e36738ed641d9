package dev.sluice.persistence.epoch;

import java.util.concurrent.atomic.AtomicLong;

/** One run of this node: it numbers what it commits and knows what of it is not accounted for. */
public final class Epoch {
    private final int id;
    private final AtomicLong sequence = new AtomicLong();
    private final Watermark watermark;
    private volatile boolean lost;

    Epoch(int id, DatabaseClock clock) {
        this.id = id;
        this.watermark = new Watermark(clock);
    }

    /** 1 to 2^22 - 1. */
    public int id() {
        return id;
    }

    /**
     * Takes the next numbers, which nothing else gets.
     *
     * @return the first of them, from 0
     */
    public long takeSequences(int count) {
        return sequence.getAndAdd(count);
    }

    /** What of it is not accounted for. */
    public Watermark watermark() {
        return watermark;
    }

    /** Whether it is over for this node: nothing may be attempted or committed in its name any more. */
    public boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** The {@code application_name} of its connections, by which a takeover finds them. */
    public String sessionName() {
        return sessionName(id);
    }

    static String sessionName(int epoch) {
        return "sluice-epoch-" + epoch;
    }
}
