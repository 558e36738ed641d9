package dev.sluice.persistence.figures;

import static dev.sluice.persistence.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class FigureRepositoryIT {
    private static final AttemptFigures FAST = AttemptFigures.of(true, Duration.ofMillis(3));
    private static final AttemptFigures SLOW = AttemptFigures.of(false, Duration.ofSeconds(12));

    private static Database database;
    private static FigureRepository figures;
    private static Instant minute;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        figures = new FigureRepository(database);
        minute = await(database.client()
                .sql("SELECT date_trunc('minute', now()) AS minute")
                .map(row -> Objects.requireNonNull(row.get("minute", Instant.class)))
                .one());
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void addsUpWhatSeveralNodesCountAtOnce() {
        AttemptMinute one = new AttemptMinute(1, 11, minute);
        AttemptMinute other = new AttemptMinute(1, 12, minute);
        Map<AttemptMinute, AttemptFigures> counted = Map.of(one, FAST, other, SLOW);

        Flux.range(0, 20)
                .flatMap(node -> figures.add(node % 2 == 0 ? counted : Map.of(one, SLOW)), 8)
                .blockLast(Duration.ofSeconds(20));

        Map<AttemptMinute, AttemptFigures> found = found(1, List.of(11L, 12L));
        assertThat(found.keySet()).containsExactlyInAnyOrder(one, other);
        AttemptFigures sum = Objects.requireNonNull(found.get(one));
        assertThat(sum.attempts()).isEqualTo(20);
        assertThat(sum.succeeded()).isEqualTo(10);
        assertThat(sum.durations().stream().mapToLong(each -> each).sum()).isEqualTo(20);
        assertThat(sum.percentile(0.5).orElseThrow()).isLessThan(Duration.ofMillis(5));
        assertThat(sum.percentile(0.99).orElseThrow()).isGreaterThan(Duration.ofSeconds(8));
    }

    @Test
    void showsAnotherOrganizationNothing() {
        figures.add(Map.of(new AttemptMinute(2, 21, minute), FAST)).block(Duration.ofSeconds(20));

        assertThat(found(2, List.of(21L))).hasSize(1);
        assertThat(found(3, List.of(21L, AttemptMinute.ALL))).isEmpty();
    }

    private static Map<AttemptMinute, AttemptFigures> found(long organization, List<Long> endpoints) {
        return await(figures.since(organization, endpoints, minute).collectMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
