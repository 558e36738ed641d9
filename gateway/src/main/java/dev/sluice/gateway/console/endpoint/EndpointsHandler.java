package dev.sluice.gateway.console.endpoint;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.endpoint.EndpointSwitch;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.endpoint.EndpointList;
import dev.sluice.persistence.endpoint.EndpointTrouble;
import dev.sluice.persistence.endpoint.ListedEndpoint;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows how endpoints do, and holds one back, lets it go on, or sends what waits for it. */
final class EndpointsHandler {
    private static final int SIZE = 20;

    private final EndpointList endpoints;
    private final EndpointCards cards;
    private final EndpointSwitch switches;
    private final InstanceRepository instances;
    private final Pages pages;

    EndpointsHandler(
            EndpointList endpoints,
            EndpointCards cards,
            EndpointSwitch switches,
            InstanceRepository instances,
            Pages pages) {
        this.endpoints = endpoints;
        this.cards = cards;
        this.switches = switches;
        this.instances = instances;
        this.pages = pages;
    }

    /** {@code GET /console/endpoints}: all of the organization's, or those in trouble with {@code trouble=yes}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Visitor.of(request).flatMap(visitor -> {
            long organization = visitor.organizationId();
            Place place = Place.in(request);
            return Mono.zip(
                            endpoints
                                    .page(organization, place.inTrouble(), place.after(), SIZE + 1)
                                    .collectList(),
                            endpoints.trouble(organization))
                    .flatMap(both -> show(request, organization, place, both.getT1(), both.getT2()));
        });
    }

    private Mono<ServerResponse> show(
            ServerRequest request,
            long organization,
            Place place,
            List<ListedEndpoint> found,
            EndpointTrouble trouble) {
        List<ListedEndpoint> page = found.subList(0, Math.min(SIZE, found.size()));
        String next = found.size() > SIZE ? place.from(page.get(SIZE - 1).id()).query() : "";
        return cards.of(organization, page)
                .flatMap(shown -> pages.show(
                        request,
                        "endpoints/list",
                        Map.of("endpoints", shown, "place", place, "trouble", trouble, "next", next, "instance", "")));
    }

    /** {@code GET /console/instances/{id}/endpoints}: one instance's. */
    Mono<ServerResponse> ofInstance(ServerRequest request) {
        return Visitor.of(request).flatMap(visitor -> {
            Place place = Place.ofInstance(request);
            return instances
                    .find(visitor.organizationId(), place.instance())
                    .switchIfEmpty(Mono.error(() -> new NotFoundException("There is no such instance.")))
                    .flatMap(instance -> endpoints
                            .ofInstance(visitor.organizationId(), instance.id())
                            .collectList()
                            .flatMap(found -> cards.of(visitor.organizationId(), found))
                            .flatMap(shown -> pages.show(
                                    request,
                                    "endpoints/list",
                                    Map.of(
                                            "endpoints",
                                            shown,
                                            "place",
                                            place,
                                            "next",
                                            "",
                                            "instance",
                                            instance.name()))));
        });
    }

    /** {@code POST /console/endpoints/{endpointId}/deactivate}: what it is owed waits. */
    Mono<ServerResponse> deactivate(ServerRequest request) {
        return change(request, endpoint -> switches.deactivate(endpoint.instanceId(), endpoint.id()));
    }

    /** {@code POST /console/endpoints/{endpointId}/reactivate}: what it is owed is sent, in order. */
    Mono<ServerResponse> reactivate(ServerRequest request) {
        return change(request, endpoint -> switches.reactivate(endpoint.instanceId(), endpoint.id()));
    }

    /** {@code POST /console/endpoints/{endpointId}/drain}: what it is owed is sent now. */
    Mono<ServerResponse> drain(ServerRequest request) {
        return change(
                request,
                endpoint -> switches.drain(
                        endpoint.instanceId(), endpoint.condition().endpoint()));
    }

    /** Back to the list where the form was. */
    private Mono<ServerResponse> change(ServerRequest request, Function<ListedEndpoint, Mono<Void>> change) {
        return Visitor.of(request)
                .flatMap(visitor -> endpoints.find(visitor.organizationId(), EndpointSwitch.idIn(request)))
                .switchIfEmpty(Mono.error(EndpointSwitch::unknownEndpoint))
                .flatMap(endpoint -> change.apply(endpoint)
                        .then(request.formData())
                        .flatMap(form -> Pages.goTo(Place.in(form).path() + "#endpoint-" + endpoint.id())));
    }
}
