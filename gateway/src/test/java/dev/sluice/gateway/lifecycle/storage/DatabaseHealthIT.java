package dev.sluice.gateway.lifecycle.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DurabilityCheck;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

final class DatabaseHealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void showsThatTheDatabaseIsGoneThoughNobodyAsks() {
        EmbeddedDatabase server = EmbeddedDatabase.start(directory, Path.of("target"));
        try (Database database = new Database(server.address(), 1)) {
            DatabaseHealth health = new DatabaseHealth(new DurabilityCheck(database));
            health.register(registry);
            assertThat(ready()).isNaN();
            Disposable asking = health.keepAsking().subscribe();

            await().atMost(PATIENCE).until(() -> ready() == 1);
            server.close();
            await().atMost(PATIENCE).until(() -> ready() == 0);
            asking.dispose();
        } finally {
            server.close();
        }
    }

    private double ready() {
        return registry.get("sluice.database.ready").gauge().value();
    }
}
