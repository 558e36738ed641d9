package dev.sluice.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class DueNowTest {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration GUARD = Duration.ofSeconds(5);

    private final DueNow dueNow = new DueNow();

    @Test
    void waitsForThePauseWhenNothingIsTold() {
        StepVerifier.withVirtualTime(() -> dueNow.waitAtMost(PAUSE))
                .expectSubscription()
                .expectNoEvent(PAUSE.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void waitsNoLongerOnceSomethingIsTold() {
        StepVerifier.withVirtualTime(() -> dueNow.waitAtMost(PAUSE))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> dueNow.tell(17))
                .thenAwait(SOON)
                .expectComplete()
                .verify(GUARD);
        assertThat(dueNow.take()).containsExactly(17L);
        assertThat(dueNow.take()).isEmpty();
    }

    @Test
    void missesNothingThatWasToldBefore() {
        dueNow.tell(17);

        StepVerifier.withVirtualTime(() -> dueNow.waitAtMost(PAUSE))
                .expectSubscription()
                .thenAwait(SOON)
                .expectComplete()
                .verify(GUARD);
    }
}
