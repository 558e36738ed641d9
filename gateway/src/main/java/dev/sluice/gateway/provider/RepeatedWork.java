package dev.sluice.gateway.provider;

import dev.sluice.gateway.lifecycle.LifecyclePhases;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that is claimed piece by piece, for as long as the application runs. On stopping nothing more is claimed, and what is
 * under way is ended first, within limits: an answer of a provider that is lost may lock an instance out.
 */
public final class RepeatedWork implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(12);

    private final String name;
    private final Mono<Void> round;
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Disposable running = Disposables.disposed();

    /**
     * Work that begins with the application.
     *
     * @param name for the log
     * @param claimed claims what is due, no more than can be worked on at once, because a lease that waits runs out
     * @param work does one piece; what goes wrong with it does not concern the others
     */
    public <T> RepeatedWork(String name, Flux<T> claimed, Function<T, Mono<Void>> work, int atOnce) {
        this.name = name;
        this.round = claimed.collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(piece -> work.apply(piece).onErrorResume(this::failed), atOnce)
                .then(Mono.defer(() -> pause(PAUSE)))
                .onErrorResume(failure -> failed(failure).then(pause(PAUSE_AFTER_FAILURE)));
    }

    private Mono<Void> failed(Throwable failure) {
        LOG.warn("{} failed and is tried again: {}", name, failure.toString());
        return Mono.empty();
    }

    private Mono<Void> pause(Duration length) {
        return Mono.firstWithSignal(Mono.delay(length).then(), stopping.asMono());
    }

    @Override
    public void start() {
        running = round.repeat(() -> !Boolean.TRUE.equals(stopping.scan(Scannable.Attr.TERMINATED)))
                .doOnTerminate(ended::tryEmitEmpty)
                .subscribe();
    }

    @Override
    public void stop(Runnable stopped) {
        stopping.tryEmitEmpty();
        ended.asMono()
                .timeout(DRAIN_MAX)
                .onErrorComplete()
                .doFinally(signal -> {
                    running.dispose();
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    @Override
    public int getPhase() {
        return LifecyclePhases.DELIVERY;
    }
}
