package dev.sluice.persistence.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DatabaseClockTest {
    private static final Instant HEARD = Instant.parse("2026-03-01T12:00:00Z");

    private final DatabaseClock clock = new DatabaseClock();

    @Test
    void countsSilenceFromTheQuestionHoweverLongItsAnswerLayUnread() {
        clock.observe(HEARD, System.nanoTime() - Duration.ofSeconds(20).toNanos());

        assertThat(clock.silence()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(clock.now()).isAfterOrEqualTo(HEARD.plusSeconds(20));
        assertThat(clock.lowerBound()).isEqualTo(HEARD);
    }
}
