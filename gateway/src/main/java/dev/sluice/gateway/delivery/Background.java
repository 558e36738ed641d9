package dev.sluice.gateway.delivery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Runs what nobody waits for: after its commit a delivery has no caller left. The one place in this package that subscribes,
 * so that none of it goes unseen.
 */
final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Duration IDLE_CHECK = Duration.ofMillis(20);

    private final Executor executor;
    private final AtomicInteger running = new AtomicInteger();

    /** @param executor where work begins; usually the event loops that carry it on */
    Background(Executor executor) {
        this.executor = executor;
    }

    /** Begins the work soon, on a thread of the executor's. */
    void launch(Mono<Void> work) {
        running.incrementAndGet();
        executor.execute(() -> subscribe(work));
    }

    /** Begins the work at once, on the caller's thread. */
    void begin(Mono<Void> work) {
        running.incrementAndGet();
        subscribe(work);
    }

    private void subscribe(Mono<Void> work) {
        work.doFinally(signal -> running.decrementAndGet())
                .subscribe(nothing -> {}, error -> LOG.error("A delivery was left unfinished", error));
    }

    /** How much has begun, or is about to, and has not ended. */
    int running() {
        return running.get();
    }

    /** Completes when nothing runs. */
    Mono<Void> idle() {
        return Mono.fromSupplier(() -> running.get() == 0)
                .filter(idle -> idle)
                .repeatWhenEmpty(busy -> busy.delayElements(IDLE_CHECK))
                .then();
    }
}
