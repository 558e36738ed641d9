package dev.sluice.gateway.lifecycle;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Ready only while PostgreSQL answers. */
final class DatabaseHealth implements ReactiveHealthIndicator {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Database database;

    DatabaseHealth(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Health> health() {
        return database.client()
                .sql("SELECT 1")
                .fetch()
                .one()
                .map(row -> Health.up().build())
                .timeout(PATIENCE)
                .onErrorResume(error -> Mono.just(Health.down(error).build()));
    }
}
