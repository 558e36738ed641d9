package dev.sluice.persistence.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptFiguresTest {
    private static final double RIGHT_TO = 0.2;

    @ParameterizedTest
    @ValueSource(longs = {2, 5, 17, 100, 999, 4_711, 15_000})
    void tellsHowLongAttemptsTookToAFifth(long millis) {
        AttemptTally tally = new AttemptTally();
        for (int i = 0; i < 1_000; i++) {
            tally.add(true, Duration.ofMillis(millis));
        }

        assertThat(tally.figures().percentile(0.99).orElseThrow().toNanos() / 1e6)
                .isBetween(millis * (1 - RIGHT_TO) - 0.5, millis * (1 + RIGHT_TO) * Math.sqrt(2));
    }

    @Test
    void tellsTheSlowFromTheMany() {
        AttemptTally tally = new AttemptTally();
        for (int i = 0; i < 98; i++) {
            tally.add(true, Duration.ofMillis(10));
        }
        tally.add(false, Duration.ofSeconds(15));
        tally.add(false, Duration.ofSeconds(15));

        AttemptFigures figures = tally.figures();
        assertThat(figures.attempts()).isEqualTo(100);
        assertThat(figures.failed()).isEqualTo(2);
        assertThat(figures.percentile(0.5).orElseThrow()).isLessThan(Duration.ofMillis(15));
        assertThat(figures.percentile(0.99).orElseThrow()).isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void addsUpToTheSameAsCountedTogether() {
        AttemptTally together = new AttemptTally();
        AttemptFigures added = AttemptFigures.NONE;
        for (long millis : List.of(1L, 20L, 300L, 60_000L)) {
            together.add(millis < 100, Duration.ofMillis(millis));
            added = added.and(AttemptFigures.of(millis < 100, Duration.ofMillis(millis)));
        }

        assertThat(added).isEqualTo(together.figures());
        assertThat(AttemptFigures.NONE.percentile(0.99)).isEmpty();
    }
}
