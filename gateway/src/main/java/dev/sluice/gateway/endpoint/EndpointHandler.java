package dev.sluice.gateway.endpoint;

import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.persistence.endpoint.ConditionRepository;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the endpoint routes. */
final class EndpointHandler {
    private final RequestedEvent requested;
    private final EndpointSwitch endpoints;
    private final ConditionRepository conditions;

    EndpointHandler(RequestedEvent requested, EndpointSwitch endpoints, ConditionRepository conditions) {
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
                        .map(condition -> EndpointView.of(instance.id(), condition))
                        .collectList()
                        .flatMap(EndpointHandler::answer));
    }

    /** {@code POST /instances/{id}/endpoints/{endpointId}/deactivate}: what it is owed is parked from now on. */
    Mono<ServerResponse> deactivate(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            long endpointId = EndpointSwitch.idIn(request);
            return endpoints.deactivate(instance.id(), endpointId).then(one(instance.id(), endpointId));
        });
    }

    /** {@code POST /instances/{id}/endpoints/{endpointId}/reactivate}: what it is owed is sent, in order. */
    Mono<ServerResponse> reactivate(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            long endpointId = EndpointSwitch.idIn(request);
            return endpoints.reactivate(instance.id(), endpointId).then(one(instance.id(), endpointId));
        });
    }

    private Mono<ServerResponse> one(long instanceId, long endpointId) {
        return Mono.defer(() -> conditions
                .ofInstance(instanceId)
                .filter(condition -> condition.endpoint().id() == endpointId)
                .next()
                .switchIfEmpty(Mono.error(EndpointSwitch::unknownEndpoint))
                .flatMap(condition -> answer(EndpointView.of(instanceId, condition))));
    }

    private static Mono<ServerResponse> answer(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
