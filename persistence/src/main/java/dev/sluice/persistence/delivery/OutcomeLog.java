package dev.sluice.persistence.delivery;

import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.groupcommit.CommittedGroup;
import dev.sluice.persistence.groupcommit.GroupCommit;
import dev.sluice.persistence.groupcommit.GroupLimits;
import dev.sluice.persistence.groupcommit.Member;
import java.time.Duration;
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
    private static final long ROW_BYTES = 256;

    private final GroupCommit<Outcome, Recorded> groups;

    /** @param node in whose epoch it writes */
    public OutcomeLog(Node node) {
        this.groups = new GroupCommit<>(node, LIMITS, new OutcomeGroup(), WRITERS);
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
        return groups.submit(new Member<>(outcome, bytes(outcome), () -> {}));
    }

    private static long bytes(Outcome outcome) {
        Attempt attempt = OutcomeRows.attempt(outcome);
        Body response = attempt == null ? null : attempt.response();
        return response == null ? ROW_BYTES : ROW_BYTES + response.length();
    }

    /** Tells of every group that is committed from now on, on a writer's thread: it must not block. */
    public void onCommit(Consumer<CommittedGroup> listener) {
        groups.onCommit(listener);
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
