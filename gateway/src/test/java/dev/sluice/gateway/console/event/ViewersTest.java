package dev.sluice.gateway.console.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.error.TooManyRequestsException;
import dev.sluice.persistence.search.EventFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

final class ViewersTest {
    private static final Duration GUARD = Duration.ofSeconds(30);
    private static final LiveList LIST = new LiveList(EventFilter.ofInstance(1, 2), "");

    private final TestPublisher<String> read = TestPublisher.create();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Viewers viewers = new Viewers(filter -> read.flux(), stop.asMono());

    @Test
    void readsNothingWhileNobodyLooks() {
        read.assertWasNotSubscribed();
        Disposable one = viewers.watch(LIST).subscribe();
        Disposable other = viewers.watch(LIST).subscribe();
        read.assertSubscribers(1);
        assertThat(viewers.watched()).isOne();

        one.dispose();
        read.assertSubscribers(1);
        other.dispose();
        read.assertNoSubscribers();
        assertThat(viewers.watched()).isZero();
    }

    @Test
    void keepsOnlyTheNewestForWhoIsSlow() {
        List<String> seen = new ArrayList<>();
        BaseSubscriber<String> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(String frame) {
                seen.add(frame);
            }
        };
        viewers.watch(LIST).subscribe(slow);

        IntStream.range(0, 1_000).forEach(frame -> read.next("frame " + frame));
        assertThat(seen).containsExactly("frame 0");
        slow.request(1);
        assertThat(seen).containsExactly("frame 0", "frame 999");
        slow.cancel();
    }

    @Test
    void showsTheLastFrameAtOnceToWhoComesLater() {
        Disposable first = viewers.watch(LIST).subscribe();
        read.next("the last");

        StepVerifier.create(viewers.watch(LIST))
                .expectNext("the last")
                .thenCancel()
                .verify(GUARD);
        first.dispose();
    }

    @Test
    void sendsViewersAwayAfterAWhileAndWhenTheGatewayStops() {
        StepVerifier.withVirtualTime(viewers::ended)
                .expectSubscription()
                .expectNoEvent(Viewers.LONGEST.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(GUARD);

        stop.tryEmitEmpty();
        StepVerifier.create(viewers.ended()).expectComplete().verify(GUARD);
    }

    @Test
    void takesOnlySoManyOfOneOrganization() {
        Disposable[] all = IntStream.range(0, 50)
                .mapToObj(each -> viewers.watch(LIST).subscribe())
                .toArray(Disposable[]::new);

        assertThatThrownBy(() -> viewers.watch(LIST)).isInstanceOf(TooManyRequestsException.class);
        assertThat(viewers.watch(new LiveList(EventFilter.ofInstance(3, 4), "")))
                .as("another organization's")
                .isNotNull();
        all[0].dispose();
        assertThat(viewers.watch(LIST)).isNotNull();
    }
}
