package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.DurabilityCheck;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Ready only while PostgreSQL answers and keeps what it commits; asked anew twice a second at most, so it heals by itself. */
final class DatabaseHealth implements ReactiveHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The probe is on the main port, too: whoever asks often must not connect to the database as often. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final AtomicReference<String> lastProblem = new AtomicReference<>("");
    private final Mono<Health> health;

    DatabaseHealth(DurabilityCheck durability) {
        this.health = Mono.defer(durability::problems)
                .timeout(PATIENCE)
                .map(problems -> String.join("; ", problems))
                .onErrorResume(error -> Mono.just("no answer"))
                .doOnNext(this::logChange)
                .map(DatabaseHealth::health)
                .cache(FRESH);
    }

    @Override
    public Mono<Health> health() {
        return health;
    }

    private static Health health(String problem) {
        return problem.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("problem", problem).build();
    }

    private void logChange(String problem) {
        if (!lastProblem.getAndSet(problem).equals(problem)) {
            if (problem.isEmpty()) {
                LOG.info("Ready again: the database answers and is durable.");
            } else {
                LOG.warn("Not ready: database: {}", problem);
            }
        }
    }
}
