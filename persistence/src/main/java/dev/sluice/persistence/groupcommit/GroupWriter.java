package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.epoch.Node;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One connection that commits group after group. Whatever happens to the connection, the loop goes on with a new one.
 *
 * @param <T> what is committed
 * @param <R> what it comes to
 */
final class GroupWriter<T, R> {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(50);
    private static final Duration RECONNECT_MAX = Duration.ofMillis(500);

    private final WriterSessions sessions;
    private final GroupQueue<T, R> queue;
    private final GroupTransaction<T, R> transaction;
    private final GroupLimits limits;
    private volatile Consumer<CommittedGroup> committed = group -> {};
    private volatile @Nullable EpochSession session;
    private volatile List<Member<T, R>> inFlight = List.of();
    private volatile boolean committing;

    GroupWriter(Node node, GroupQueue<T, R> queue, GroupTransaction<T, R> transaction, GroupLimits limits) {
        this.sessions = new WriterSessions(node);
        this.queue = queue;
        this.transaction = transaction;
        this.limits = limits;
    }

    /** Tells of every group from now on, on the writer's thread: it must not block. */
    void onCommit(Consumer<CommittedGroup> listener) {
        committed = listener;
    }

    /** Commits groups until it is cancelled. */
    Mono<Void> run() {
        return Mono.defer(this::connected)
                .flatMap(live -> queue.next().flatMap(group -> commitInFlight(live, group)))
                .then(Mono.defer(this::rest))
                .onErrorResume(unexpected -> {
                    LOG.error("A writer's round failed; it goes on", unexpected);
                    return disconnect().then(Mono.delay(RECONNECT_FIRST)).then();
                })
                .repeat()
                .then();
    }

    private Mono<Void> rest() {
        return limits.rest().isZero() || queue.size() >= limits.groupMax()
                ? Mono.empty()
                : Mono.delay(limits.rest()).then();
    }

    /** Those whose group is being committed right now. */
    List<Member<T, R>> inFlight() {
        return inFlight;
    }

    Mono<Void> disconnect() {
        EpochSession last = session;
        session = null;
        return last == null
                ? Mono.empty()
                : last.close().timeout(Duration.ofSeconds(1)).onErrorComplete();
    }

    private Mono<EpochSession> connected() {
        EpochSession last = session;
        if (last != null && last.isCurrent()) {
            return Mono.just(last);
        }
        return disconnect()
                .then(Mono.defer(sessions::open))
                .doOnNext(fresh -> session = fresh)
                .doOnError(this::expire)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, RECONNECT_FIRST).maxBackoff(RECONNECT_MAX));
    }

    private void expire(Throwable cause) {
        if (!limits.patience().isZero()) {
            queue.takeOlderThan(limits.patience().toNanos())
                    .forEach(member ->
                            member.fail(new StoreUnavailableException("The database cannot be reached", cause)));
        }
    }

    private Mono<Void> commitInFlight(EpochSession live, List<Member<T, R>> group) {
        inFlight = group;
        // Before the loop hears of it, which takes the next group on the spot.
        return commit(live, group).doOnTerminate(this::ended).doOnCancel(this::ended);
    }

    /** A group that was split is committed piece by piece, and counts once. */
    private void committing() {
        if (!committing) {
            committing = true;
            queue.committing();
        }
    }

    private void ended() {
        inFlight = List.of();
        boolean wasCommitting = committing;
        committing = false;
        queue.ended(wasCommitting, session != null);
    }

    private Mono<Void> commit(EpochSession live, List<Member<T, R>> group) {
        return transaction
                .prepare(live, group)
                .timeout(STEP_TIMEOUT)
                .map(prepared -> (Step<T, R>) new Step.Prepared<T, R>(prepared))
                .onErrorResume(error -> Mono.just(new Step.Failed<>(error)))
                .flatMap(step -> step.next(this, live, group));
    }

    /** What preparing came to. */
    private sealed interface Step<T, R> {
        Mono<Void> next(GroupWriter<T, R> writer, EpochSession live, List<Member<T, R>> group);

        record Prepared<T, R>(PreparedGroup prepared) implements Step<T, R> {
            @Override
            public Mono<Void> next(GroupWriter<T, R> writer, EpochSession live, List<Member<T, R>> group) {
                return writer.end(live, group, prepared);
            }
        }

        record Failed<T, R>(Throwable error) implements Step<T, R> {
            @Override
            public Mono<Void> next(GroupWriter<T, R> writer, EpochSession live, List<Member<T, R>> group) {
                return writer.recover(live, group, error);
            }
        }
    }

    private Mono<Void> end(EpochSession live, List<Member<T, R>> group, PreparedGroup prepared) {
        // In this order: the COMMIT is on its way before another writer is given work.
        return Mono.when(live.connection().commitTransaction(), Mono.fromRunnable(this::committing))
                .timeout(STEP_TIMEOUT)
                .materialize()
                .flatMap(answer -> {
                    Throwable error = answer.getThrowable();
                    if (error == null) {
                        prepared.committed();
                        committed.accept(new CommittedGroup(
                                group.size(), Duration.ofNanos(group.get(0).ageNanos())));
                        return Mono.<Void>empty();
                    }
                    if (Fault.of(error) == Fault.CONNECTION) {
                        prepared.unknown();
                        return disconnect()
                                .then(new UnknownCommit(sessions::open, prepared).resolve())
                                .doOnNext(stored -> againUnless(stored, group))
                                .then();
                    }
                    prepared.aborted();
                    return recover(live, group, error);
                });
    }

    /** Nobody but those who still wait for their answer, because they were not told that it is unknown. */
    private void againUnless(boolean stored, List<Member<T, R>> group) {
        if (!stored) {
            queue.putBack(group);
        }
    }

    private Mono<Void> recover(EpochSession live, List<Member<T, R>> group, Throwable error) {
        return switch (Fault.of(error)) {
            case CONNECTION -> {
                queue.putBack(group);
                yield disconnect();
            }
            case PASSING -> {
                queue.putBack(group);
                expire(error);
                yield rollback(live).then(Mono.delay(RECONNECT_FIRST)).then();
            }
            case STORE -> {
                LOG.warn("The database refuses to write: {}", error.getMessage());
                expireNow(group, error);
                yield rollback(live).then(Mono.delay(RECONNECT_FIRST)).then();
            }
            case MEMBER -> rollback(live).then(Mono.defer(() -> split(live, group, error)));
        };
    }

    private void expireNow(List<Member<T, R>> group, Throwable error) {
        if (limits.patience().isZero()) {
            queue.putBack(group);
        } else {
            group.forEach(member -> member.fail(new StoreUnavailableException("The database refuses to write", error)));
        }
    }

    private Mono<Void> rollback(EpochSession live) {
        return live.connection().rollbackTransaction().timeout(STEP_TIMEOUT).onErrorResume(failed -> disconnect());
    }

    private Mono<Void> split(EpochSession live, List<Member<T, R>> group, Throwable error) {
        if (group.size() == 1) {
            group.get(0).fail(error);
            return Mono.empty();
        }
        int half = group.size() / 2;
        List<Member<T, R>> first = group.subList(0, half);
        List<Member<T, R>> second = group.subList(half, group.size());
        return commit(live, first).then(Mono.defer(() -> live.equals(session) ? commit(live, second) : later(second)));
    }

    private Mono<Void> later(List<Member<T, R>> group) {
        queue.putBack(group);
        return Mono.empty();
    }
}
