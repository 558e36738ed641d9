package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** One part's begin and end in the order of {@link LifecyclePhases}. Both may block. */
final class Stage implements SmartLifecycle {
    static final Duration START_MAX = Duration.ofSeconds(60);
    static final Duration FLUSH_MAX = Duration.ofSeconds(5);

    private final int phase;
    private final Runnable begin;
    private final Runnable end;
    private volatile boolean running;

    Stage(int phase, Runnable begin, Runnable end) {
        this.phase = phase;
        this.begin = begin;
        this.end = end;
    }

    @Override
    public void start() {
        begin.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        end.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
