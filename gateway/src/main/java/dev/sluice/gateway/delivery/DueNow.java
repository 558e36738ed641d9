package dev.sluice.gateway.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Endpoints that something in a line has just become due to. Who claims is told, and need not find out by looking: what
 * stands in lines is sent by claims alone, and each would wait for a look otherwise.
 */
final class DueNow {
    /** What is told within this time is looked after together. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private final Set<Long> endpoints = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<Long> told = Sinks.many().multicast().directBestEffort();

    /** On any thread. */
    void tell(long endpointId) {
        if (endpoints.add(endpointId)) {
            // A signal that is lost to another one on its way is none too few.
            told.tryEmitNext(endpointId);
        }
    }

    /** Those told of since this was asked last. */
    List<Long> take() {
        List<Long> taken = List.copyOf(endpoints);
        taken.forEach(endpoints::remove);
        return taken;
    }

    /** Waits until something is told, or the time is over. */
    Mono<Void> waitAtMost(Duration pause) {
        Mono<Long> next = told.asFlux().next().delayElement(GATHER);
        // Asked only when the next signal would be heard: what was told before that is not waited for.
        Mono<Long> otherwise = Mono.defer(() -> Mono.delay(endpoints.isEmpty() ? pause : GATHER));
        return Mono.firstWithSignal(next, otherwise).then();
    }
}
