package dev.sluice.gateway.endpoint;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.persistence.endpoint.ConditionRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the endpoint routes. */
final class EndpointHandler {
    private static final String ON_DEMAND = "Deactivated on demand.";

    private final RequestedEvent requested;
    private final EndpointRepository endpoints;
    private final ConditionRepository conditions;

    EndpointHandler(RequestedEvent requested, EndpointRepository endpoints, ConditionRepository conditions) {
        this.requested = requested;
        this.endpoints = endpoints;
        this.conditions = conditions;
    }

    /** {@code GET /instances/{id}/endpoints}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return requested
                .instance(request)
                .flatMap(instance -> conditions
                        .ofInstance(instance.id())
                        .map(EndpointView::of)
                        .collectList()
                        .flatMap(EndpointHandler::answer));
    }

    /** {@code POST /instances/{id}/endpoints/{endpointId}/deactivate}: what it is owed is parked from now on. */
    Mono<ServerResponse> deactivate(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            long endpointId = endpointId(request);
            return endpoints
                    .deactivateOnDemand(instance.id(), endpointId, ON_DEMAND)
                    .then(one(instance.id(), endpointId));
        });
    }

    /** {@code POST /instances/{id}/endpoints/{endpointId}/reactivate}: what it is owed is sent, in order. */
    Mono<ServerResponse> reactivate(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            long endpointId = endpointId(request);
            return endpoints.reactivate(instance.id(), endpointId).then(one(instance.id(), endpointId));
        });
    }

    private Mono<ServerResponse> one(long instanceId, long endpointId) {
        return Mono.defer(() -> conditions
                .ofInstance(instanceId)
                .filter(condition -> condition.endpoint().id() == endpointId)
                .next()
                .switchIfEmpty(Mono.error(EndpointHandler::unknownEndpoint))
                .flatMap(condition -> answer(EndpointView.of(condition))));
    }

    private static long endpointId(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("endpointId"));
        } catch (NumberFormatException notANumber) {
            throw unknownEndpoint();
        }
    }

    private static NotFoundException unknownEndpoint() {
        return new NotFoundException("No endpoint found with that id.");
    }

    private static Mono<ServerResponse> answer(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
