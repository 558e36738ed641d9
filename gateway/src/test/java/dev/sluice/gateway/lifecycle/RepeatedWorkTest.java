package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

final class RepeatedWorkTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private VirtualTimeScheduler time;

    @BeforeEach
    void stopTime() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letTimeGo() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void claimsOnceASecondAndDoesTheOtherPiecesWhenOneFails() {
        List<String> done = new ArrayList<>();
        Loops loop = RepeatedWork.loop("Test", claimed("bad", "good"), piece -> done(done, piece), 1);

        loop.start();
        time.advanceTimeBy(SECOND.minusMillis(1));
        assertThat(done).containsExactly("good");

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(done).containsExactly("good", "good");
        loop.stop();
    }

    @Test
    void waitsFiveSecondsWhenNothingCanBeClaimed() {
        Flux<String> away = Flux.defer(() -> {
            rounds.incrementAndGet();
            return Flux.error(new IllegalStateException("the database is away"));
        });
        Loops loop = RepeatedWork.loop("Test", away, piece -> Mono.empty(), 1);

        loop.start();
        time.advanceTimeBy(Duration.ofSeconds(5).minusMillis(1));
        assertThat(rounds).hasValue(1);

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(rounds).hasValue(2);
        loop.stop();
    }

    @Test
    void endsWhatIsUnderWayAndClaimsNothingMoreWhenItStops() {
        Sinks.Empty<Void> answer = Sinks.empty();
        Loops loop = RepeatedWork.loop("Test", claimed("asked"), piece -> answer.asMono(), 1);
        loop.start();

        loop.stop(() -> stopped.set(true));
        time.advanceTimeBy(SECOND);
        assertThat(stopped).isFalse();
        assertThat(loop.isRunning()).isTrue();

        answer.tryEmitEmpty().orThrow();
        assertThat(stopped).isTrue();
        assertThat(loop.isRunning()).isFalse();
        time.advanceTimeBy(SECOND);
        assertThat(rounds).hasValue(1);
    }

    @Test
    void stopsAfterTwelveSecondsWhatNeverEnds() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<Void> silent = Mono.<Void>never().doOnCancel(() -> cancelled.set(true));
        Loops loop = RepeatedWork.loop("Test", claimed("asked"), piece -> silent, 1);
        loop.start();

        loop.stop(() -> stopped.set(true));
        time.advanceTimeBy(Duration.ofSeconds(12).minusMillis(1));
        assertThat(stopped).isFalse();

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(stopped).isTrue();
        assertThat(cancelled).isTrue();
    }

    private Flux<String> claimed(String... pieces) {
        return Flux.just(pieces).doOnSubscribe(subscription -> rounds.incrementAndGet());
    }

    private static Mono<Void> done(List<String> done, String piece) {
        return piece.equals("bad")
                ? Mono.error(new IllegalStateException("refused"))
                : Mono.fromRunnable(() -> done.add(piece));
    }
}
