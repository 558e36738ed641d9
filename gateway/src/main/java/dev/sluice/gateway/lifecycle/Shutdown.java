package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The stop, once it has begun, and the time that is left for it. Every part that waits at its end asks how long it may. */
public final class Shutdown implements ApplicationListener<ContextClosedEvent> {
    private final Duration within;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> beganNanos = new AtomicReference<>();
    private final Sinks.Empty<Void> begun = Sinks.empty();

    /**
     * @param within the time for all of it
     * @param nanoTime as {@link System#nanoTime}
     */
    public Shutdown(Duration within, LongSupplier nanoTime) {
        this.within = within;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        begin();
    }

    void begin() {
        beganNanos.compareAndSet(null, nanoTime.getAsLong());
        begun.tryEmitEmpty();
    }

    /** Completes when it begins: what has no end of its own, as an answer that goes on and on, ends then. */
    public Mono<Void> begun() {
        return begun.asMono();
    }

    /** Whether the stop has begun: this node has said that it is not ready, and takes its last requests. */
    boolean hasBegun() {
        return beganNanos.get() != null;
    }

    /**
     * How long a part may take.
     *
     * @param wanted what it would take at most
     * @param reserved for the parts that end after it
     * @return what it wants, or what is left without the reserve, which may be nothing
     */
    public Duration atMost(Duration wanted, Duration reserved) {
        Long began = beganNanos.get();
        if (began == null) {
            return wanted;
        }
        Duration left = within.minusNanos(nanoTime.getAsLong() - began).minus(reserved);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(wanted) < 0 ? left : wanted;
    }
}
