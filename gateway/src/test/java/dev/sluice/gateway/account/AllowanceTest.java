package dev.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nano time may begin anywhere, and overflows. */
final class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, -SECOND, Long.MAX_VALUE - 1_000})
    void allowsTheBurstAtOnceAndThenOneAtATime(long start) {
        Allowance allowance = new Allowance(10, 5, start);

        assertThat(LongStream.generate(() -> allowance.take(start)).limit(5)).containsOnly(0L);
        assertThat(allowance.take(start)).isEqualTo(SECOND / 10);
        assertThat(allowance.take(start + SECOND / 10 - 1)).isOne();
        assertThat(allowance.take(start + SECOND / 10)).isZero();
        assertThat(allowance.take(start + SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -SECOND, Long.MAX_VALUE - 1_000})
    void savesNoMoreThanTheBurst(long start) {
        Allowance allowance = new Allowance(10, 2, start);
        long muchLater = start + 3_600 * SECOND;

        assertThat(allowance.take(muchLater)).isZero();
        assertThat(allowance.take(muchLater)).isZero();
        assertThat(allowance.take(muchLater)).isPositive();
    }
}
