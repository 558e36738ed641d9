package dev.sluice.gateway.telemetry;

import dev.sluice.gateway.lifecycle.LifecyclePhases;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Watches from the start of deliveries to their end. */
final class BacklogLifecycle implements SmartLifecycle {
    private final BacklogWatch watch;
    private volatile Disposable running = Disposables.disposed();

    BacklogLifecycle(BacklogWatch watch) {
        this.watch = watch;
    }

    @Override
    public void start() {
        running = watch.run().subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
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
