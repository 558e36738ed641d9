package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that is claimed piece by piece, for as long as the application runs. On stopping nothing more is claimed, and what is
 * under way is ended first, within limits: an answer of a provider that is lost may lock an instance out.
 */
public final class RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(12);

    private final String name;
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();

    private RepeatedWork(String name) {
        this.name = name;
    }

    /**
     * Work that begins with the application.
     *
     * @param name for the log
     * @param claimed claims what is due, no more than can be worked on at once, because a lease that waits runs out
     * @param work does one piece; what goes wrong with it does not concern the others
     */
    public static <T> Loops loop(String name, Flux<T> claimed, Function<T, Mono<Void>> work, int atOnce) {
        RepeatedWork repeated = new RepeatedWork(name);
        return new Loops(
                LifecyclePhases.DELIVERY,
                List.of(repeated.rounds(claimed, work, atOnce)),
                Mono.defer(repeated::endWhatIsUnderWay));
    }

    private <T> Flux<Void> rounds(Flux<T> claimed, Function<T, Mono<Void>> work, int atOnce) {
        return claimed.collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(piece -> work.apply(piece).onErrorResume(this::failed), atOnce)
                .then(Mono.defer(() -> pause(PAUSE)))
                .onErrorResume(failure -> failed(failure).then(pause(PAUSE_AFTER_FAILURE)))
                .repeat(() -> !Boolean.TRUE.equals(stopping.scan(Scannable.Attr.TERMINATED)))
                .doOnTerminate(ended::tryEmitEmpty);
    }

    private Mono<Void> failed(Throwable failure) {
        LOG.warn("{} failed and is tried again: {}", name, failure.toString());
        return Mono.empty();
    }

    private Mono<Void> pause(Duration length) {
        return Mono.firstWithSignal(Mono.delay(length).then(), stopping.asMono());
    }

    private Mono<Void> endWhatIsUnderWay() {
        stopping.tryEmitEmpty();
        return ended.asMono().timeout(DRAIN_MAX).onErrorComplete();
    }
}
