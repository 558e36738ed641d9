package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

final class ShutdownTest {
    private static final Duration WANTED = Duration.ofSeconds(17);
    private static final Duration RESERVED = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong(42);
    private final Shutdown shutdown = new Shutdown(Duration.ofSeconds(24), nanos::get);

    @Test
    void givesAPartWhatItWantsWhileThereIsTime() {
        shutdown.begin();
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(shutdown.atMost(WANTED, RESERVED)).isEqualTo(WANTED);
    }

    @Test
    void givesAPartWhatIsLeftWithoutTheReserve() {
        shutdown.begin();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(shutdown.atMost(WANTED, RESERVED)).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void givesNothingOnceTheTimeIsOver() {
        shutdown.begin();
        nanos.addAndGet(Duration.ofSeconds(22).toNanos());

        assertThat(shutdown.atMost(WANTED, RESERVED)).isEqualTo(Duration.ZERO);
    }

    @Test
    void countsFromTheFirstBeginning() {
        shutdown.begin();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        shutdown.begin();

        assertThat(shutdown.atMost(WANTED, RESERVED)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void tellsWhatHasNoEndOfItsOwnThatItHasBegun() {
        StepVerifier.create(shutdown.begun())
                .expectSubscription()
                .then(shutdown::begin)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }
}
