package dev.sluice.gateway.delivery.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenAttemptsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
    private final OpenAttempts attempts = new OpenAttempts(Duration.ofSeconds(30), nanos::get);

    @Test
    void countsAnAttemptWhoseOutcomeIsNotWrittenInTimeUntilItIs() {
        Runnable first = attempts.begin();
        attempts.begin().run();

        pass(Duration.ofSeconds(30));
        assertThat(attempts.withoutOutcome()).as("in time").isZero();
        pass(Duration.ofSeconds(1));
        assertThat(attempts.withoutOutcome()).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(attempts.withoutOutcome()).isEqualTo(1);

        first.run();
        assertThat(attempts.withoutOutcome()).isZero();
    }

    @Test
    void countsWhatTheDatabaseRefusedAtOnceAndForGood() {
        attempts.refused();

        assertThat(attempts.withoutOutcome()).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(attempts.withoutOutcome()).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
