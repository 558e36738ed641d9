package dev.sluice.gateway.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.DuePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimFloorsTest {
    private static final long ENDPOINT = 7;
    private static final long START = -5;
    private final ClaimFloors floors = new ClaimFloors();

    @Test
    void beginsWhereClaimsHadComeASecondAgo() {
        assertThat(floors.of(ENDPOINT, START)).isEqualTo(DuePosition.FIRST);
        floors.claimed(ENDPOINT, position(1), 16, START);
        floors.claimed(ENDPOINT, position(2), 16, after(999));
        assertThat(floors.of(ENDPOINT, after(999))).isEqualTo(DuePosition.FIRST);

        floors.claimed(ENDPOINT, position(3), 16, after(1_000));
        assertThat(floors.of(ENDPOINT, after(1_000))).isEqualTo(position(1));

        floors.claimed(ENDPOINT, position(4), 16, after(2_000));
        assertThat(floors.of(ENDPOINT, after(2_000))).isEqualTo(position(3));
        assertThat(floors.of(ENDPOINT + 1, after(2_000))).isEqualTo(DuePosition.FIRST);
    }

    @Test
    void beginsFromTheFirstAgainEveryTenSeconds() {
        for (int second = 0; second < 10; second++) {
            floors.claimed(ENDPOINT, position(second), 16, after(second * 1_000L));
        }

        assertThat(floors.of(ENDPOINT, after(9_999))).isEqualTo(position(8));
        assertThat(floors.of(ENDPOINT, after(10_000))).isEqualTo(DuePosition.FIRST);
        assertThat(floors.of(ENDPOINT, after(10_001))).isEqualTo(DuePosition.FIRST);
    }

    @Test
    void knowsWhereToLookWhereMuchWasClaimedForTenSeconds() {
        floors.claimed(ENDPOINT, position(1), 50, START);
        assertThat(floors.known(START)).isEmpty();
        floors.claimed(ENDPOINT, position(2), 50, after(1_000));

        assertThat(floors.known(after(1_000))).containsExactly(Map.entry(ENDPOINT, position(1)));
        assertThat(floors.known(after(9_999))).hasSize(1);
        assertThat(floors.known(after(10_000))).isEmpty();
    }

    private static DuePosition position(long number) {
        return new DuePosition(Instant.ofEpochSecond(number), new UUID(0, number));
    }

    private static long after(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}
