package dev.sluice.gateway.lifecycle;

import dev.sluice.persistence.connection.Partitions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Keeps partitions ahead of the clock, and ends those that retention no longer covers. */
final class PartitionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionKeeper.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Partitions partitions;
    private final LogSettings settings;
    private final Disposable.Swap running = Disposables.swap();

    PartitionKeeper(Partitions partitions, LogSettings settings) {
        this.partitions = partitions;
        this.settings = settings;
    }

    /** Makes those that are needed now before it returns, and goes on in the background. */
    void start() {
        partitions.makeAhead().block(Stage.START_MAX);
        running.update(Mono.defer(this::keep).then(Mono.delay(EVERY)).repeat().subscribe());
    }

    private Mono<Void> keep() {
        return partitions
                .makeAhead()
                .then(partitions.removeOlder("event", days(settings.retention().events())))
                .then(partitions.removeOlder(
                        "event_search", days(settings.retention().events())))
                .then(partitions.removeOlder(
                        "event_rollup", days(settings.retention().events())))
                .then(partitions.removeOlder(
                        "acknowledgement", days(settings.retention().events())))
                .then(partitions.removeOlder(
                        "attempt", days(settings.retention().attempts())))
                .then(partitions.removeOlder(
                        "dedupe_key", days(settings.dedupe().window())))
                .onErrorResume(error -> {
                    LOG.warn("Partitions could not be kept; it is tried again within the hour", error);
                    return Mono.empty();
                });
    }

    private static int days(Duration retention) {
        return (int) Math.max(1, retention.toDays());
    }

    @Override
    public void close() {
        running.dispose();
    }
}
