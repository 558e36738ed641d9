package dev.sluice.persistence.groupcommit;

import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One waiting to be committed, and the one who waits for it. Who waits may leave early; the value is committed all the
 * same.
 *
 * @param <T> what is to be committed
 * @param <R> what it comes to
 */
public final class Member<T, R> {
    private final T value;
    private final long bytes;
    private final Runnable settled;
    private final long sinceNanos = System.nanoTime();
    private final Sinks.One<R> answer = Sinks.one();

    /**
     * @param bytes its weight in a group, at least 0
     * @param settled run once when it is committed or has failed, whoever still waits: gives back what it holds
     */
    public Member(T value, long bytes, Runnable settled) {
        this.value = value;
        this.bytes = bytes;
        this.settled = settled;
    }

    public T value() {
        return value;
    }

    long bytes() {
        return bytes;
    }

    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }

    /** Tells who waits what it came to. The first of {@code succeed} and {@code fail} holds. */
    public void succeed(@Nullable R result) {
        Sinks.EmitResult emitted = result == null ? answer.tryEmitEmpty() : answer.tryEmitValue(result);
        if (emitted.isSuccess()) {
            settled.run();
        }
    }

    /** Tells who waits that it failed. */
    public void fail(Throwable error) {
        if (answer.tryEmitError(error).isSuccess()) {
            settled.run();
        }
    }

    /** Whether it has succeeded or failed, as far as who waits knows. */
    boolean isAnswered() {
        return Boolean.TRUE.equals(answer.scan(Scannable.Attr.TERMINATED));
    }

    Mono<R> answer() {
        return answer.asMono();
    }
}
