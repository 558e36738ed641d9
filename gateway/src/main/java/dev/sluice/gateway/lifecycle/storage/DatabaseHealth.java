package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.DurabilityCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ready only while PostgreSQL answers and keeps what it commits; asked anew twice a second at most, so it heals by itself. */
final class DatabaseHealth implements ReactiveHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The probe is on the main port, too: whoever asks often must not connect to the database as often. */
    private static final Duration FRESH = Duration.ofMillis(500);

    /** Nobody may ask for the probe, and the gauge has to be true all the same. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final AtomicReference<@Nullable String> lastProblem = new AtomicReference<>();
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

    /** Asks again and again, so that the gauge is true whether anybody else asks or not. Goes on until it is cancelled. */
    Flux<Void> keepAsking() {
        return health.then(Mono.delay(EVERY)).then().repeat();
    }

    /** Shows the last answer: 1 or 0, and {@code NaN} before the first. */
    void register(MeterRegistry registry) {
        Gauge.builder("sluice.database.ready", lastProblem, last -> {
                    String problem = last.get();
                    return problem == null ? Double.NaN : problem.isEmpty() ? 1 : 0;
                })
                .description("Whether PostgreSQL answers this node and keeps what it commits")
                .register(registry);
    }

    private static Health health(String problem) {
        return problem.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("problem", problem).build();
    }

    private void logChange(String problem) {
        String former = lastProblem.getAndSet(problem);
        if (!problem.equals(former == null ? "" : former)) {
            if (problem.isEmpty()) {
                LOG.info("Ready again: the database answers and is durable.");
            } else {
                LOG.warn("Not ready: database: {}", problem);
            }
        }
    }
}
