package dev.sluice.gateway.retention;

import dev.sluice.gateway.delivery.Expiry;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.endpoint.EndpointHistory;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ends owed deliveries that would lose their body, and then removes the days that are over. Every node may do so. */
public final class Retention {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration SOONER = Duration.ofMinutes(1);
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    /** In this order: what an outcome of an event is written to has to be there for as long as the event. */
    private final Expiry expiry;

    private final Partitions partitions;
    private final EndpointHistory history;
    private final Duration events;
    private final Duration attempts;
    private volatile long nextNanos = System.nanoTime();

    /**
     * @param events how long events stay at least
     * @param attempts how long attempts stay at least
     */
    public Retention(
            Expiry expiry, Partitions partitions, EndpointHistory history, Duration events, Duration attempts) {
        this.expiry = expiry;
        this.partitions = partitions;
        this.history = history;
        this.events = events;
        this.attempts = attempts;
    }

    /** This, when it is time: once an hour, or in a minute when the last round did not end everything. */
    Flux<Retention> due() {
        return Flux.defer(() -> System.nanoTime() - nextNanos < 0 ? Flux.empty() : Flux.just(this));
    }

    Mono<Void> next() {
        return Mono.defer(() -> {
                    nextNanos = System.nanoTime() + SOONER.toNanos();
                    return round();
                })
                .filter(all -> all)
                .doOnNext(all -> nextNanos = System.nanoTime() + EVERY.toNanos())
                .then();
    }

    /**
     * Ends what is over now. It may be repeated at any time.
     *
     * @return whether all of it is gone; false while a delivery of it is on the wire
     */
    public Mono<Boolean> round() {
        return expiry.endOlderThan(events)
                .flatMap(ended -> (ended ? remove(Partitions.OF_EVENTS, events) : Mono.<Void>empty())
                        .then(remove(Partitions.OF_ATTEMPTS, attempts))
                        .then(history.forget(Duration.ofDays(days(attempts) + 1L), FORGOTTEN_AT_ONCE))
                        .thenReturn(ended));
    }

    private Mono<Void> remove(List<String> logs, Duration retention) {
        return Flux.fromIterable(logs)
                .concatMap(log -> partitions.removeOlder(log, days(retention)))
                .then();
    }

    /** A day is kept until all of it is old enough. */
    private static int days(Duration retention) {
        return (int) Math.max(
                1, -Math.floorDiv(-retention.toSeconds(), Duration.ofDays(1).toSeconds()));
    }
}
