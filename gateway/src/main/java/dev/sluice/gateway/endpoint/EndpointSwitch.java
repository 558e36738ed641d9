package dev.sluice.gateway.endpoint;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.EndpointRepository;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Holds an endpoint back, lets it go on, and sends what waits for it: the same for the API and for the console. */
public final class EndpointSwitch {
    private static final String ON_DEMAND = "Deactivated on demand.";

    private final EndpointRepository endpoints;
    private final QueueRepository queue;

    EndpointSwitch(EndpointRepository endpoints, QueueRepository queue) {
        this.endpoints = endpoints;
        this.queue = queue;
    }

    /** What it is owed is parked from now on. */
    public Mono<Void> deactivate(long instanceId, long endpointId) {
        return endpoints.deactivateOnDemand(instanceId, endpointId, ON_DEMAND);
    }

    /** What it is owed is sent, in order. */
    public Mono<Void> reactivate(long instanceId, long endpointId) {
        return endpoints.reactivate(instanceId, endpointId);
    }

    /**
     * All that it is owed is sent now: of one that was deactivated, from the first on; of one that is active, what waits for
     * its next attempt, and a breaker is probed.
     */
    public Mono<Void> drain(long instanceId, Endpoint endpoint) {
        Mono<Void> due = endpoint.state() == Endpoint.State.DEACTIVATED
                ? queue.park(endpoint.id())
                : queue.retryNow(endpoint.id());
        return due.then(Mono.defer(() -> reactivate(instanceId, endpoint.id())));
    }

    /** The id that the path's {@code {endpointId}} is; throws 404 when it is none. */
    public static long idIn(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("endpointId"));
        } catch (NumberFormatException notANumber) {
            throw unknownEndpoint();
        }
    }

    /** What is answered where there is no such endpoint, or it is another organization's. */
    public static NotFoundException unknownEndpoint() {
        return new NotFoundException("No endpoint found with that id.");
    }
}
