package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.lifecycle.LifecyclePhases;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Begins to claim owed deliveries, and ends all deliveries in order: nothing new begins, who waits becomes owed, calls under
 * way may end. After the event log has taken its last event, before outcomes are no longer written.
 */
final class DeliveryLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLifecycle.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final OwedLoop loop;
    private final BreakerLoop breakers;
    private final Lanes lanes;
    private final InHand inHand;
    private final CallbackClient client;
    private final Supplier<Duration> drainMax;
    private volatile Disposable running = Disposables.disposed();

    /** @param drainMax how long the last calls may take, asked when they are the last */
    DeliveryLifecycle(
            OwedLoop loop,
            BreakerLoop breakers,
            Lanes lanes,
            InHand inHand,
            CallbackClient client,
            Supplier<Duration> drainMax) {
        this.loop = loop;
        this.breakers = breakers;
        this.lanes = lanes;
        this.inHand = inHand;
        this.client = client;
        this.drainMax = drainMax;
    }

    @Override
    public void start() {
        running = Disposables.composite(
                loop.run().subscribe(),
                breakers.run().subscribe(),
                Flux.interval(SWEEP).doOnNext(tick -> lanes.expireWaiting()).subscribe());
    }

    @Override
    public void stop(Runnable stopped) {
        // The claiming goes on for what it has claimed already, and claims no more.
        inHand.close();
        lanes.sendAwayAll();
        inHand.emptied()
                .timeout(drainMax.get())
                .doOnError(late -> LOG.warn("Calls still under way are given up; their deliveries will be repeated"))
                .onErrorComplete()
                .doFinally(signal -> {
                    running.dispose();
                    client.close();
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
