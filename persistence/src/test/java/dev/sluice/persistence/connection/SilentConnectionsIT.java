package dev.sluice.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.CuttingProxy;
import dev.sluice.persistence.TestDatabase;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connections whose other end is gone without a word, as after a firewall has lost its state. */
final class SilentConnectionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POOLED = 3;

    @Test
    void servesAgainWhenAllPooledConnectionsHaveFallenSilent() throws Exception {
        try (Database direct = TestDatabase.create();
                CuttingProxy proxy = new CuttingProxy(direct.address());
                Database database = new Database(proxy.address(), POOLED)) {
            Flux.range(0, POOLED).flatMap(each -> sleep(database), POOLED).blockLast(PATIENCE);

            proxy.silence();

            await().atMost(PATIENCE).ignoreExceptions().until(() -> one(database) == 1);
            assertThat(one(database)).isEqualTo(1);
        }
    }

    private static Mono<Void> sleep(Database database) {
        return database.client().sql("SELECT pg_sleep(0.2)").then();
    }

    private static int one(Database database) {
        return Objects.requireNonNull(database.client()
                .sql("SELECT 1")
                .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                .one()
                .block(PATIENCE));
    }
}
