package dev.sluice.gateway.delivery.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.delivery.egress.Answer;
import dev.sluice.gateway.delivery.egress.FailureCause;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.parse("10s,100s");
    private static final double NO_JITTER = 0.5;

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void isOverWhenDelivered(int status) {
        assertThat(next(answer(status, null), 1)).isEqualTo(new NextStep.End(Ending.DELIVERED));
    }

    @Test
    void isOverWhenTheCallbackIsGone() {
        assertThat(next(answer(410, null), 1)).isEqualTo(new NextStep.End(Ending.GONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 400, 401, 404, 429, 500, 503, 599})
    void isRepeatedWhenRefusedUntilTheScheduleIsUsedUp(int status) {
        AttemptOutcome refused = answer(status, null);

        assertThat(next(refused, 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(10)));
        assertThat(next(refused, 2)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(100)));
        assertThat(next(refused, 3)).isEqualTo(new NextStep.End(Ending.EXHAUSTED));
    }

    @Test
    void isRepeatedWhenNothingWasAnswered() {
        AttemptOutcome failed = AttemptOutcome.of(new TimeoutException("too slow"), "It was too slow.");

        assertThat(failed.word()).isEqualTo(FailureCause.TIMED_OUT.word());
        assertThat(failed.status()).isNull();
        assertThat(next(failed, 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(10)));
        assertThat(next(failed, 3)).isEqualTo(new NextStep.End(Ending.EXHAUSTED));
    }

    @Test
    void quotesNothingThatCannotBeStoredAndNothingAtLength() {
        String said = "invalid version format: HT\0TP\r\n" + "x".repeat(5_000);

        AttemptOutcome failed = AttemptOutcome.of(new IllegalArgumentException("no HTTP"), said);

        assertThat(((AttemptOutcome.Failed) failed).error())
                .hasSize(500)
                .startsWith("invalid version format: HT TP  xxx");
    }

    @Test
    void waitsAsLongAsABusyReceiverAsksForUpToTheLongestWait() {
        assertThat(next(answer(503, "30"), 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(30)));
        assertThat(next(answer(429, "3600"), 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(90)));
    }

    @Test
    void neverComesBackSoonerThanTheScheduleSays() {
        assertThat(next(answer(503, "1"), 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(10)));
    }

    @Test
    void doesNotHearAWishWithAnotherStatus() {
        assertThat(next(answer(500, "30"), 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(10)));
    }

    @Test
    void measuresADateByTheReceiversOwnClock() {
        Answer answer = new Answer(
                503, "Mon, 23 Nov 2026 12:00:40 GMT", "Mon, 23 Nov 2026 12:00:00 GMT", new Body(new byte[0]));

        assertThat(next(AttemptOutcome.of(answer, NOW), 1)).isEqualTo(new NextStep.TryAgain(Duration.ofSeconds(40)));
    }

    private static AttemptOutcome answer(int status, @Nullable String retryAfter) {
        return AttemptOutcome.of(new Answer(status, retryAfter, null, new Body(new byte[0])), NOW);
    }

    private static NextStep next(AttemptOutcome outcome, int failures) {
        return outcome.next(SCHEDULE, failures, Duration.ZERO, NO_JITTER);
    }
}
