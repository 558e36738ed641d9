package dev.sluice.gateway.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private static final long START = 1_000;
    private final RetryBudget budget = new RetryBudget(START);

    @Test
    void givesOneRepeatForFourFirstAttempts() {
        earn(3);
        assertThat(budget.available(START)).isZero();

        earn(1);
        assertThat(budget.available(START)).isEqualTo(1);

        earn(8);
        budget.spend();
        assertThat(budget.available(START)).isEqualTo(2);
    }

    @Test
    void givesOneRepeatASecondToWhoHasNoOtherTraffic() {
        assertThat(budget.available(after(Duration.ofMillis(999)))).isZero();
        assertThat(budget.available(after(Duration.ofSeconds(1)))).isEqualTo(1);
        assertThat(budget.available(after(Duration.ofMillis(1_999)))).isEqualTo(1);
        assertThat(budget.available(after(Duration.ofSeconds(3)))).isEqualTo(3);
    }

    @Test
    void savesOnlySoMuch() {
        earn(100_000);
        assertThat(budget.available(after(Duration.ofDays(100)))).isEqualTo(100);
    }

    @Test
    void paysBackWhatWasOverdrawn() {
        budget.spend();
        budget.spend();
        earn(8);
        assertThat(budget.available(START)).isZero();
        earn(4);
        assertThat(budget.available(START)).isEqualTo(1);
    }

    private void earn(int firstAttempts) {
        for (int i = 0; i < firstAttempts; i++) {
            budget.earn();
        }
    }

    private static long after(Duration duration) {
        return START + duration.toNanos();
    }
}
