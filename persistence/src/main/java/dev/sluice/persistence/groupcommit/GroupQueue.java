package dev.sluice.persistence.groupcommit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Those who wait to be committed, and the writers that wait for them. While one group is being written the next gathers: another
 * writer begins only when that is a full group already, or a good part of one while the others wait for the server's disk, or
 * has waited for long. Few large groups cost less than many small ones.
 *
 * @param <T> what is committed
 * @param <R> what it comes to
 */
final class GroupQueue<T, R> {
    /** What part of a full group is worth a commit of its own while others wait for theirs. */
    private static final int GOOD_PART = 4;

    private final GroupLimits limits;
    private final Duration gathering;
    private final Deque<Member<T, R>> waiting = new ArrayDeque<>();
    private final Deque<MonoSink<List<Member<T, R>>>> idleWriters = new ArrayDeque<>();
    private int atWork;
    private int committing;
    private boolean alarmed;

    /** @param gathering how long a group may gather at most while another is being committed */
    GroupQueue(GroupLimits limits, Duration gathering) {
        this.limits = limits;
        this.gathering = gathering;
    }

    /** Lets a member wait, or fails it when too many do. Wakes a writer when the next group is due. */
    void add(Member<T, R> member) {
        boolean full;
        synchronized (this) {
            full = waiting.size() >= limits.waitingMax();
            if (!full) {
                waiting.addLast(member);
            }
        }
        if (full) {
            member.fail(new QueueFullException(limits.waitingMax()));
        } else {
            wake();
        }
    }

    /** A writer has sent its group's COMMIT; at most once a group. */
    void committing() {
        synchronized (this) {
            committing++;
        }
        wake();
    }

    /**
     * A writer is through with a group, whatever came of it.
     *
     * @param wasCommitting whether it had sent a COMMIT
     * @param back whether it comes for the next at once; if not, another one takes what gathered meanwhile
     */
    void ended(boolean wasCommitting, boolean back) {
        synchronized (this) {
            atWork--;
            committing -= wasCommitting ? 1 : 0;
        }
        if (!back) {
            wake();
        }
    }

    private void wake() {
        MonoSink<List<Member<T, R>>> writer;
        List<Member<T, R>> group;
        synchronized (this) {
            if (idleWriters.isEmpty() || !isDue()) {
                lookAgain();
                return;
            }
            writer = idleWriters.removeFirst();
            group = take();
        }
        writer.success(group);
    }

    /** Whoever waits while a writer is idle is not left to the next one to come: the connection at work may be silent. */
    private void lookAgain() {
        Member<T, R> first = waiting.peekFirst();
        if (first != null && !idleWriters.isEmpty() && !alarmed) {
            alarmed = true;
            long nanos = Math.max(0, gathering.toNanos() - first.ageNanos());
            Mono.delay(Duration.ofNanos(nanos)).subscribe(tick -> alarm());
        }
    }

    private void alarm() {
        synchronized (this) {
            alarmed = false;
        }
        wake();
    }

    private boolean isDue() {
        Member<T, R> first = waiting.peekFirst();
        return first != null && (atWork == 0 || waiting.size() >= dueSize() || first.ageNanos() >= gathering.toNanos());
    }

    private int dueSize() {
        return committing == atWork ? Math.max(1, limits.groupMax() / GOOD_PART) : limits.groupMax();
    }

    /** Puts members of a group that came to nothing back to the head, in their order; not those who have their answer. */
    synchronized void putBack(List<Member<T, R>> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (!members.get(i).isAnswered()) {
                waiting.addFirst(members.get(i));
            }
        }
    }

    /** The next group, as soon as it is due: at least one member. The writer says when it has {@link #ended}. */
    Mono<List<Member<T, R>>> next() {
        return Mono.create(writer -> {
            List<Member<T, R>> group = takeOrWait(writer);
            if (group != null) {
                writer.success(group);
            }
        });
    }

    private synchronized @Nullable List<Member<T, R>> takeOrWait(MonoSink<List<Member<T, R>>> writer) {
        if (!isDue()) {
            idleWriters.addLast(writer);
            writer.onCancel(() -> forget(writer));
            lookAgain();
            return null;
        }
        return take();
    }

    private synchronized void forget(MonoSink<List<Member<T, R>>> writer) {
        idleWriters.remove(writer);
    }

    private List<Member<T, R>> take() {
        atWork++;
        List<Member<T, R>> group = new ArrayList<>(Math.min(waiting.size(), limits.groupMax()));
        long bytes = 0;
        for (Member<T, R> next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            bytes += next.bytes();
            if (group.size() >= limits.groupMax() || (!group.isEmpty() && bytes > limits.groupBytesMax())) {
                break;
            }
            group.add(waiting.removeFirst());
        }
        lookAgain();
        return group;
    }

    /** Takes out all that have waited longer. */
    List<Member<T, R>> takeOlderThan(long nanos) {
        List<Member<T, R>> old = new ArrayList<>();
        synchronized (this) {
            waiting.removeIf(member -> member.ageNanos() > nanos && old.add(member));
        }
        return old;
    }

    /** Whether nobody waits, and no group that was taken is still being committed. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && atWork == 0;
    }

    synchronized int size() {
        return waiting.size();
    }
}
