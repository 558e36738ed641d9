package dev.sluice.gateway.lifecycle;

import dev.sluice.persistence.connection.Partitions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Keeps partitions ahead of the clock, and ends those of keys that no repeat is looked for in any more. */
final class PartitionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionKeeper.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Partitions partitions;
    private final Duration dedupeWindow;
    private final Disposable.Swap running = Disposables.swap();

    PartitionKeeper(Partitions partitions, Duration dedupeWindow) {
        this.partitions = partitions;
        this.dedupeWindow = dedupeWindow;
    }

    /** Makes those that are needed now before it returns, and goes on in the background. */
    void start() {
        partitions.makeAhead().block(Stage.START_MAX);
        running.update(Mono.defer(this::keep).then(Mono.delay(EVERY)).repeat().subscribe());
    }

    private Mono<Void> keep() {
        return partitions
                .makeAhead()
                .then(partitions.removeOlder("dedupe_key", (int) Math.max(1, dedupeWindow.toDays())))
                .onErrorResume(error -> {
                    LOG.warn("Partitions could not be kept; it is tried again within the hour", error);
                    return Mono.empty();
                });
    }

    @Override
    public void close() {
        running.dispose();
    }
}
