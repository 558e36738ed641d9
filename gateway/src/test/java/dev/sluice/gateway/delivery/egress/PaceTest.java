package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private record Under(Pace.Call call, long arrivesAt, long endsAt) {}

    @Test
    void letsAnEndpointSeeNoMoreInAnySecondHoweverLongCallsAreOnTheirWay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int perSecond = 40;
        Pace pace = new Pace(perSecond);
        Queue<Under> underWay = new PriorityQueue<>(Comparator.comparingLong(Under::endsAt));
        List<Long> arrived = new ArrayList<>();
        for (long now = 0; now < 20 * SECOND; now += MILLI) {
            while (!underWay.isEmpty() && underWay.element().endsAt() <= now) {
                Under over = underWay.remove();
                arrived.add(over.arrivesAt());
                pace.end(over.call(), over.endsAt());
            }
            Pace.Call call = random.nextInt(3) == 0 ? pace.tryFirst(now) : pace.tryOwed(now);
            if (call != null) {
                long takes = random.nextInt(10) == 0 ? random.nextLong(480 * MILLI) : random.nextLong(5 * MILLI);
                pace.sent(call, now);
                underWay.add(new Under(call, now + random.nextLong(takes + 1), now + takes));
            }
        }

        assertThat(mostInASecond(arrived)).as("seed %d", seed).isEqualTo(perSecond);
        assertThat(arrived).as("seed %d", seed).hasSizeGreaterThan(15 * perSecond);
    }

    private static int mostInASecond(List<Long> arrived) {
        List<Long> sorted = arrived.stream().sorted().toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void countsACallUntilASecondAfterItsAnswer() {
        Pace pace = new Pace(1);
        Pace.Call call = Objects.requireNonNull(pace.tryOwed(0));

        pace.end(call, 100 * MILLI);

        assertThat(pace.untilOwed(100 * MILLI)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.leftForOwed(1_100 * MILLI - 1)).isZero();
        assertThat(pace.tryOwed(1_100 * MILLI - 1)).isNull();
        assertThat(pace.leftForOwed(1_100 * MILLI)).isEqualTo(1);
        assertThat(pace.untilOwed(1_100 * MILLI)).isZero();
        assertThat(pace.tryOwed(1_100 * MILLI)).isNotNull();
    }

    @Test
    void doesNotWaitForAnAnswerThatIsSlow() {
        Pace pace = new Pace(1);
        Pace.Call slow = Objects.requireNonNull(pace.tryFirst(0));
        pace.sent(slow, 100 * MILLI);

        assertThat(pace.tryFirst(600 * MILLI)).isNull();
        assertThat(pace.tryFirst(1_600 * MILLI - 1)).isNull();
        assertThat(pace.tryFirst(1_600 * MILLI)).isNotNull();
        pace.end(slow, 2_000 * MILLI);
        assertThat(pace.leftForOwed(2_000 * MILLI)).as("of the next one").isZero();
    }

    @Test
    void countsWhatStillWaitsForAConnection() {
        Pace pace = new Pace(1);
        Pace.Call waiting = Objects.requireNonNull(pace.tryOwed(0));

        assertThat(pace.tryOwed(10 * SECOND)).isNull();
        pace.sent(waiting, 10 * SECOND);
        pace.end(waiting, 10 * SECOND + MILLI);
        assertThat(pace.tryOwed(11 * SECOND)).isNull();
        assertThat(pace.tryOwed(11 * SECOND + MILLI)).isNotNull();
    }

    @Test
    void keepsAQuarterForOwedDeliveriesWhichMayUseTheRest() {
        Pace pace = new Pace(8);
        for (int i = 0; i < 6; i++) {
            assertThat(pace.tryFirst(0)).isNotNull();
        }
        assertThat(pace.tryFirst(0)).isNull();
        assertThat(pace.tryOwed(0)).isNotNull();
        assertThat(pace.tryOwed(0)).isNotNull();
        assertThat(pace.tryOwed(0)).isNull();

        Pace unused = new Pace(8);
        assertThat(unused.leftForOwed(0)).isEqualTo(8);
    }

    @Test
    void countsWhatWasCalledBeforeTheLimitChanged() {
        Pace pace = new Pace(2);
        pace.beginAnyway(0);
        pace.beginAnyway(0);
        pace.beginAnyway(0);
        assertThat(pace.leftForOwed(0)).isZero();

        pace.limitTo(4);

        assertThat(pace.leftForOwed(0)).isEqualTo(1);
    }
}
