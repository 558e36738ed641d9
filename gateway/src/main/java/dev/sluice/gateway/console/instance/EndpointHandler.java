package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.endpoint.ConditionRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows how an instance's endpoints do, and holds one back or lets it go on. */
final class EndpointHandler {
    private static final String ON_DEMAND = "Deactivated on demand.";

    private final Found found;
    private final ConditionRepository conditions;
    private final EndpointRepository endpoints;
    private final Pages pages;

    EndpointHandler(Found found, ConditionRepository conditions, EndpointRepository endpoints, Pages pages) {
        this.found = found;
        this.conditions = conditions;
        this.endpoints = endpoints;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/endpoints}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return found.instance(request)
                .flatMap(instance -> conditions
                        .ofInstance(instance.id())
                        .map(EndpointCard::of)
                        .collectList()
                        .flatMap(cards -> pages.show(
                                request,
                                "instances/endpoints",
                                Map.of(
                                        "instance",
                                        InstanceCard.of(instance, found.element(instance)),
                                        "endpoints",
                                        cards))));
    }

    /** {@code POST /console/instances/{id}/endpoints/{endpointId}/reactivate}: what it is owed is sent, in order. */
    Mono<ServerResponse> reactivate(ServerRequest request) {
        return change(request, (instance, endpoint) -> endpoints.reactivate(instance.id(), endpoint));
    }

    /** {@code POST /console/instances/{id}/endpoints/{endpointId}/deactivate}: what it is owed waits. */
    Mono<ServerResponse> deactivate(ServerRequest request) {
        return change(
                request, (instance, endpoint) -> endpoints.deactivateOnDemand(instance.id(), endpoint, ON_DEMAND));
    }

    private Mono<ServerResponse> change(ServerRequest request, BiFunction<Instance, Long, Mono<?>> change) {
        return found.instance(request)
                .flatMap(instance -> change.apply(instance, endpointId(request))
                        .then(Pages.goTo("/console/instances/" + instance.id() + "/endpoints")));
    }

    private static long endpointId(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("endpointId"));
        } catch (NumberFormatException noNumber) {
            throw new NotFoundException("There is no such endpoint.");
        }
    }
}
