package dev.sluice.gateway.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.invariant.HeadOfLine;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandingLinesTest {
    private static final HeadOfLine ONE = head(1, 1);
    private static final HeadOfLine ANOTHER = head(2, 1);

    private final AtomicLong nanos = new AtomicLong();
    private final StandingLines lines = new StandingLines(30, nanos::get);

    @Test
    void countsALineWhoseFirstStaysTheSame() {
        assertThat(lines.count(List.of(ONE, ANOTHER))).isZero();
        nanos.set(29);
        assertThat(lines.count(List.of(ONE))).isZero();
        nanos.set(30);
        assertThat(lines.count(List.of(ONE, ANOTHER))).isEqualTo(1);
        assertThat(lines.count(List.of())).isZero();
    }

    @Test
    void countsNoLineThatMovesHoweverLongItIs() {
        for (int reading = 0; reading < 10; reading++) {
            nanos.addAndGet(20);
            assertThat(lines.count(List.of(head(1, reading)))).isZero();
        }
    }

    @Test
    void countsAnewWhatWasClaimedAndCameBack() {
        lines.count(List.of(ONE));
        nanos.set(40);
        lines.count(List.of());

        assertThat(lines.count(List.of(ONE))).isZero();
    }

    private static HeadOfLine head(long endpoint, long sequence) {
        EventId event = EventId.of(1, Instant.EPOCH, 1, sequence);
        return new HeadOfLine(new DeliveryId(event, endpoint, 0), Instant.EPOCH);
    }
}
