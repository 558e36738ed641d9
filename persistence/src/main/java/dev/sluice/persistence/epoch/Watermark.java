package dev.sluice.persistence.epoch;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * From when on something this epoch committed may not be accounted for. A group counts from before it begins until all its
 * deliveries are accounted for, or until it is certain that it was not committed.
 */
public final class Watermark {
    private final DatabaseClock clock;
    private final Queue<Group> open = new ConcurrentLinkedQueue<>();
    private final ConcurrentSkipListMap<Long, Group> byFirstSequence = new ConcurrentSkipListMap<>();

    Watermark(DatabaseClock clock) {
        this.clock = clock;
    }

    /** A group is about to begin its transaction. */
    public Group open() {
        Group group = new Group(clock.lowerBound());
        open.add(group);
        return group;
    }

    /** One outcome of the event of that sequence is written: a delivery has an ending or an owed row, or nobody is owed. */
    public void accounted(long sequence) {
        Map.Entry<Long, Group> entry = byFirstSequence.floorEntry(sequence);
        if (entry != null) {
            entry.getValue().account(1);
        }
    }

    /** The time before which all is accounted for: no event received earlier is open. */
    Instant low() {
        Instant low = clock.lowerBound();
        for (Iterator<Group> groups = open.iterator(); groups.hasNext(); ) {
            Group group = groups.next();
            if (group.isDone()) {
                groups.remove();
            } else if (group.notBefore.isBefore(low)) {
                low = group.notBefore;
            }
        }
        return low;
    }

    /** How many outcomes of what is committed are not written. */
    public int unaccounted() {
        return byFirstSequence.values().stream()
                .mapToInt(group -> Math.max(0, group.outstanding.get()))
                .sum();
    }

    /** The events of one transaction, numbered without a gap that another group's numbers fall into. */
    public final class Group {
        private static final int BEGUN = 1;

        private final Instant notBefore;
        private final AtomicInteger outstanding = new AtomicInteger(BEGUN);
        private volatile long firstSequence = -1;

        private Group(Instant notBefore) {
            this.notBefore = notBefore;
        }

        /**
         * It is committed.
         *
         * @param first its lowest sequence
         * @param outcomes how many account for it, 0 or more
         */
        public void committed(long first, int outcomes) {
            if (outcomes > 0) {
                outstanding.addAndGet(outcomes);
                firstSequence = first;
                byFirstSequence.put(first, this);
            }
            account(BEGUN);
        }

        /** It is certain that it was not committed. */
        public void aborted() {
            account(BEGUN);
        }

        private void account(int outcomes) {
            if (outstanding.addAndGet(-outcomes) == 0 && firstSequence >= 0) {
                byFirstSequence.remove(firstSequence);
            }
        }

        private boolean isDone() {
            return outstanding.get() <= 0;
        }
    }
}
