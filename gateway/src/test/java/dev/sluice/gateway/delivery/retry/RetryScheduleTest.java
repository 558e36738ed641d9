package dev.sluice.gateway.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final double NO_JITTER = 0.5;
    private static final RetrySchedule SCHEDULE = RetrySchedule.DEFAULT;

    @ParameterizedTest
    @CsvSource({"1,0,8", "2,8,56", "3,64,448", "4,512,3584", "5,4096,28672"})
    void keepsToTheOffsetsWhenEveryAttemptIsInTime(int failures, long sinceFirst, long wait) {
        assertThat(SCHEDULE.waitAfter(failures, Duration.ofSeconds(sinceFirst), NO_JITTER))
                .contains(Duration.ofSeconds(wait));
    }

    @Test
    void waitsAtLeastTheGapAfterAnAttemptThatCameLate() {
        assertThat(SCHEDULE.waitAfter(2, Duration.ofHours(20), NO_JITTER)).contains(Duration.ofSeconds(56));
    }

    @Test
    void waitsForTheOffsetAfterAnAttemptThatCameEarly() {
        assertThat(SCHEDULE.waitAfter(2, Duration.ofSeconds(2), NO_JITTER)).contains(Duration.ofSeconds(62));
    }

    @Test
    void endsAfterItsLastOffset() {
        assertThat(SCHEDULE.waitAfter(6, Duration.ofHours(10), NO_JITTER)).isEmpty();
    }

    @Test
    void spreadsWaitsByTenPercentEitherWay() {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Duration wait =
                    SCHEDULE.waitAfter(1, Duration.ZERO, random.nextDouble()).orElseThrow();
            assertThat(wait)
                    .as("seed %d, draw %d", seed, i)
                    .isBetween(Duration.ofMillis(7_200), Duration.ofMillis(8_800));
        }
    }

    @Test
    void knowsItsLongestWait() {
        assertThat(SCHEDULE.longestWait()).isEqualTo(Duration.ofSeconds(28_672));
        assertThat(RetrySchedule.parse("1h,61m").longestWait()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void readsOffsetsWithAndWithoutUnits() {
        assertThat(RetrySchedule.parse("500ms, 8 ,64s,9m,2h,1d").offsets())
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(64),
                        Duration.ofMinutes(9),
                        Duration.ofHours(2),
                        Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8s,",
                "8s,8s",
                "9s,8s",
                "0s",
                "-1s",
                "8 parsecs",
                "31d",
                "999999999999999",
                "1,2,3,4,5,6,7,8," + "9,10,11,12,13,14,15,16,17,18,19,20,21"
            })
    void refusesWhatIsNoRisingList(String text) {
        assertThatThrownBy(() -> RetrySchedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void refusesToCountBelowTheFirstFailure() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ofSeconds(1))).waitAfter(0, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
