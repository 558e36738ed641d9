package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.groupcommit.CommittedGroup;
import dev.sluice.persistence.groupcommit.GroupCommit;
import dev.sluice.persistence.groupcommit.GroupLimits;
import dev.sluice.persistence.groupcommit.Member;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * The one door into the event log. Whoever appends waits for the next group's commit; from then on the event is safe, and
 * is handed on whether or not anybody still waits.
 */
public final class EventLog implements AutoCloseable {
    private static final GroupLimits LIMITS =
            new GroupLimits(256, 8L * 1024 * 1024, 8_192, Duration.ofMillis(500), Duration.ZERO);

    private final GroupCommit<LogEntry, Appended> groups;

    /**
     * @param node in whose epoch it writes
     * @param window how far back a repeat is known, in whole days at least 1
     * @param committed handed every event once it is committed, on a writer's thread: it must not block
     * @param writers connections that commit side by side, at least 1
     */
    public EventLog(Node node, Duration window, Consumer<CommittedEvent> committed, int writers) {
        this.groups = new GroupCommit<>(node, LIMITS, new EventGroup(window, committed), writers);
    }

    /** Starts the writers. */
    public void start() {
        groups.start();
    }

    /**
     * Appends a draft, whether or not the answer is waited for.
     *
     * @param settled run once when the draft is committed or has failed: the body's memory may be given back
     * @return what became of it, after the commit. Errors: {@code StoreUnavailableException} and {@code
     *     QueueFullException} when it may be sent again; it may even have been committed, a repeat then tells
     */
    public Mono<Appended> append(EventDraft draft, Runnable settled) {
        LogEntry entry = LogEntry.of(draft);
        return groups.submit(new Member<>(entry, entry.bytes(), settled));
    }

    /** The database does not answer: whoever has waited too long is told so. */
    public void failImpatient() {
        groups.failImpatient();
    }

    /** Tells of every group that is committed from now on, on a writer's thread: it must not block. */
    public void onCommit(Consumer<CommittedGroup> listener) {
        groups.onCommit(listener);
    }

    /** How many wait for the next group. */
    public int waiting() {
        return groups.waiting();
    }

    /** Completes when nobody waits. */
    public Mono<Void> flushed() {
        return groups.flushed();
    }

    @Override
    public void close() {
        groups.close();
    }
}
