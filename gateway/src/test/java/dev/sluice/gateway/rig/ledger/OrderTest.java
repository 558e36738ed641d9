package dev.sluice.gateway.rig.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class OrderTest {
    private static final long[] SENT = {10, 20, 30};
    private static final long[] TAKEN = {200, 200, 200};

    @Test
    void countsWhatCameBeforeOneThatWasAnsweredBeforeItWasSent() {
        assertThat(overtaking(new long[] {15, 25, 35}, new long[] {100, 90, 110}))
                .isEqualTo(1);
        assertThat(overtaking(new long[] {15, 25, 35}, new long[] {100, 110, 120}))
                .isZero();
    }

    @Test
    void letsThoseComeAsTheyLikeThatWereUnderWayTogether() {
        assertThat(overtaking(new long[] {25, 25, 35}, new long[] {100, 90, 110}))
                .isZero();
        assertThat(overtaking(new long[] {25, 25, 35}, new long[] {100, 90, 95}))
                .isEqualTo(1);
    }

    @Test
    void looksOnlyAtWhatCame() {
        assertThat(overtaking(new long[] {15, 25, 35}, new long[] {0, 90, 110})).isZero();
    }

    @Test
    void comparesOnlyWhatIsOfOneObject() {
        long[] answered = {15, 25, 35};

        assertThat(overtaking(answered, new long[] {100, 90, 110}, 2)).isZero();
        assertThat(overtaking(answered, new long[] {100, 110, 90}, 2)).isEqualTo(1);
    }

    private static long overtaking(long[] answered, long[] came) {
        return overtaking(answered, came, 1);
    }

    private static long overtaking(long[] answered, long[] came, int objects) {
        long[] times = Arrays.stream(came).map(micros -> micros > 0 ? 1 : 0).toArray();
        return Order.overtaking(
                new Sent(0, new LongColumns(SENT.clone(), answered, TAKEN.clone())),
                new Received(0, new LongColumns(came, times, new long[came.length])),
                objects);
    }
}
