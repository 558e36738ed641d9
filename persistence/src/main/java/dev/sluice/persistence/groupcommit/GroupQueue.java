package dev.sluice.persistence.groupcommit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Those who wait to be committed, and the writers that wait for them.
 *
 * @param <T> what is committed
 * @param <R> what it comes to
 */
final class GroupQueue<T, R> {
    private final GroupLimits limits;
    private final Deque<Member<T, R>> waiting = new ArrayDeque<>();
    private final Deque<MonoSink<List<Member<T, R>>>> idleWriters = new ArrayDeque<>();

    GroupQueue(GroupLimits limits) {
        this.limits = limits;
    }

    /** Lets a member wait, or fails it when too many do. Wakes a writer that has nothing to do. */
    void add(Member<T, R> member) {
        MonoSink<List<Member<T, R>>> writer;
        synchronized (this) {
            if (waiting.size() >= limits.waitingMax()) {
                writer = null;
            } else {
                waiting.addLast(member);
                writer = idleWriters.pollFirst();
                if (writer == null) {
                    return;
                }
            }
        }
        if (writer == null) {
            member.fail(new QueueFullException(limits.waitingMax()));
        } else {
            writer.success(take());
        }
    }

    /** Puts members of a group that came to nothing back to the head, in their order. */
    synchronized void putBack(List<Member<T, R>> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            waiting.addFirst(members.get(i));
        }
    }

    /** The next group: at once when somebody waits, else as soon as somebody does. May be empty. */
    Mono<List<Member<T, R>>> next() {
        return Mono.create(writer -> {
            List<Member<T, R>> group = takeOrWait(writer);
            if (group != null) {
                writer.success(group);
            }
        });
    }

    private synchronized @Nullable List<Member<T, R>> takeOrWait(MonoSink<List<Member<T, R>>> writer) {
        if (waiting.isEmpty()) {
            idleWriters.addLast(writer);
            writer.onCancel(() -> forget(writer));
            return null;
        }
        return take();
    }

    private synchronized void forget(MonoSink<List<Member<T, R>>> writer) {
        idleWriters.remove(writer);
    }

    private synchronized List<Member<T, R>> take() {
        List<Member<T, R>> group = new ArrayList<>(Math.min(waiting.size(), limits.groupMax()));
        long bytes = 0;
        for (Member<T, R> next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            bytes += next.bytes();
            if (group.size() >= limits.groupMax() || (!group.isEmpty() && bytes > limits.groupBytesMax())) {
                break;
            }
            group.add(waiting.removeFirst());
        }
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

    synchronized int size() {
        return waiting.size();
    }
}
