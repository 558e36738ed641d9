package dev.sluice.persistence.delivery;

import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.groupcommit.CommittedGroup;
import dev.sluice.persistence.groupcommit.GroupCommit;
import dev.sluice.persistence.groupcommit.GroupLimits;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Where every outcome goes: attempts are appended to their log, deliveries become owed, stay owed or end, in groups. While
 * the database is away, outcomes wait for it.
 */
public final class OutcomeLog implements AutoCloseable {
    /**
     * Nobody waits for an outcome, and few large groups cost less than many small ones. The rest is also how much longer a
     * delivery that arrived can arrive once more, should this node be killed.
     */
    private static final GroupLimits LIMITS =
            new GroupLimits(512, 4L * 1024 * 1024, Integer.MAX_VALUE, Duration.ZERO, Duration.ofMillis(20));

    private static final int WRITERS = 1;

    /** What an outcome takes of memory while it waits, with all that waits for it; each text of an item is short. */
    private static final long OUTCOME_BYTES = 1_024;

    private static final long ITEM_BYTES = 256;
    private static final int SHARE_OF_HEAP = 8;

    private final GroupCommit<Outcome, Recorded> groups;
    private final long bytesMax;
    private final AtomicLong heldBytes = new AtomicLong();

    /** @param node in whose epoch it writes */
    public OutcomeLog(Node node) {
        this(node, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** @param bytesMax above which nothing should begin that comes to an outcome */
    public OutcomeLog(Node node, long bytesMax) {
        this.groups = new GroupCommit<>(node, LIMITS, new OutcomeGroup(), WRITERS);
        this.bytesMax = bytesMax;
    }

    /** What became of an outcome. */
    public enum Recorded {
        /** It is written, and the delivery accounted for. */
        WRITTEN,
        /** The lease or the epoch was lost: another node has the delivery, nothing but the attempt is written. */
        TOO_LATE
    }

    /** Starts the writer. */
    public void start() {
        groups.start();
    }

    /**
     * Writes an outcome, whether or not the answer is waited for.
     *
     * @return what became of it, after the commit; an error when PostgreSQL refuses this very outcome
     */
    public Mono<Recorded> record(Outcome outcome) {
        long bytes = bytes(outcome);
        heldBytes.addAndGet(bytes);
        return groups.submit(new Member<>(outcome, bytes, () -> heldBytes.addAndGet(-bytes)));
    }

    private static long bytes(Outcome outcome) {
        Attempt attempt = OutcomeRows.attempt(outcome);
        Body response = attempt == null ? null : attempt.response();
        Findable first = OutcomeRows.first(outcome);
        return OUTCOME_BYTES
                + (response == null ? 0 : response.length())
                + (first == null ? 0 : first.items().size() * ITEM_BYTES);
    }

    /** Tells of every group that is committed from now on, on a writer's thread: it must not block. */
    public void onCommit(Consumer<CommittedGroup> listener) {
        groups.onCommit(listener);
    }

    /**
     * Whether there is memory for more outcomes to wait in. None is ever refused, because nobody else knows it: so whoever would
     * begin what comes to an outcome, by taking an event or claiming a delivery, asks before. It is false while the database
     * takes events and leaves outcomes without an answer.
     */
    public boolean hasRoom() {
        return heldBytes.get() < bytesMax;
    }

    /** The memory of those that are not written yet. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** How many wait to be written. */
    public int waiting() {
        return groups.waiting();
    }

    /** Completes when nothing waits to be written. */
    public Mono<Void> flushed() {
        return groups.flushed();
    }

    @Override
    public void close() {
        groups.close();
    }
}
