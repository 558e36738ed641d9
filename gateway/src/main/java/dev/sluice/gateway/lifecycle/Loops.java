package dev.sluice.gateway.lifecycle;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Work that goes on from the start to the stop of its phase. */
public final class Loops implements SmartLifecycle {
    private final int phase;
    private final List<Flux<?>> work;
    private final Mono<Void> ending;
    private volatile Disposable running = Disposables.disposed();

    /**
     * Loops that have not begun.
     *
     * @param phase of {@link LifecyclePhases}
     * @param work each goes on until it is cancelled, through any error
     * @param ending what has to end first, within a limit of its own, while the work still goes on
     */
    public Loops(int phase, List<Flux<?>> work, Mono<Void> ending) {
        this.phase = phase;
        this.work = List.copyOf(work);
        this.ending = ending;
    }

    @Override
    public void start() {
        running = Disposables.composite(work.stream().map(Flux::subscribe).toList());
    }

    @Override
    public void stop(Runnable stopped) {
        ending.doFinally(signal -> {
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
        return phase;
    }
}
