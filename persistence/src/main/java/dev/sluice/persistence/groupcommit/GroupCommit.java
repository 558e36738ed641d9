package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.epoch.Node;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commits what is submitted, in groups, on connections of its own.
 *
 * @param <T> what is committed
 * @param <R> what it comes to
 */
public final class GroupCommit<T, R> implements AutoCloseable {
    private static final Duration IDLE_CHECK = Duration.ofMillis(10);

    /** Longer than a commit takes: the connection that is at work is slow, or silent. */
    private static final Duration GATHERING_MAX = Duration.ofMillis(50);

    private final GroupLimits limits;
    private final GroupQueue<T, R> queue;
    private final List<GroupWriter<T, R>> writers;
    private final Disposable.Swap running = Disposables.swap();

    /**
     * @param node in whose epoch it commits
     * @param limits of a group and of those who wait
     * @param transaction what a group does
     * @param writers connections that commit side by side, at least 1
     */
    public GroupCommit(Node node, GroupLimits limits, GroupTransaction<T, R> transaction, int writers) {
        this.limits = limits;
        this.queue = new GroupQueue<>(limits, GATHERING_MAX);
        this.writers = IntStream.range(0, writers)
                .mapToObj(writer -> new GroupWriter<>(node, queue, transaction, limits))
                .toList();
    }

    /** Starts the writers; they connect by themselves and again whenever they have to. */
    public void start() {
        running.update(Flux.fromIterable(writers)
                .flatMap(GroupWriter::run, writers.size())
                .subscribe());
    }

    /**
     * Submits at once, whether or not anybody subscribes to the answer.
     *
     * @return what it came to, after the commit; {@link StoreUnavailableException} and {@link QueueFullException} when it
     *     is not known to be committed and may be submitted again
     */
    public Mono<R> submit(Member<T, R> member) {
        queue.add(member);
        return member.answer();
    }

    /** Tells of every group that is committed from now on, on a writer's thread: it must not block. */
    public void onCommit(Consumer<CommittedGroup> listener) {
        writers.forEach(writer -> writer.onCommit(listener));
    }

    /** The database is silent: whoever has waited for longer than its patience is told so now. */
    public void failImpatient() {
        long patience = limits.patience().toNanos();
        StoreUnavailableException silent = new StoreUnavailableException("The database does not answer");
        Stream.concat(
                        queue.takeOlderThan(patience).stream(),
                        writers.stream().flatMap(writer -> writer.inFlight().stream()))
                .filter(member -> member.ageNanos() > patience)
                .forEach(member -> member.fail(silent));
    }

    /** How many wait, those being committed left out. */
    public int waiting() {
        return queue.size();
    }

    /** Completes when nobody waits and nothing is being committed. */
    public Mono<Void> flushed() {
        return Mono.fromSupplier(queue::isIdle)
                .filter(idle -> idle)
                .repeatWhenEmpty(busy -> busy.delayElements(IDLE_CHECK))
                .then();
    }

    /** Stops the writers and closes their connections. What still waits is never answered. */
    @Override
    public void close() {
        running.dispose();
        Flux.fromIterable(writers)
                .flatMap(GroupWriter::disconnect, writers.size())
                .subscribe();
    }
}
