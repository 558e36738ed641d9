package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventSearch;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The check that lights up when an instance's first webhook arrives. */
final class ArrivalHandler {
    private final Found found;
    private final EventSearch events;
    private final Pages pages;

    ArrivalHandler(Found found, EventSearch events, Pages pages) {
        this.found = found;
        this.events = events;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/arrival}: the part of the page that asks again until it has. */
    Mono<ServerResponse> look(ServerRequest request) {
        return found.instance(request)
                .flatMap(instance -> events.page(
                                EventFilter.ofInstance(instance.organizationId(), instance.id()), null, 1)
                        .flatMap(page -> pages.part(
                                request,
                                "instances/arrival",
                                "arrival",
                                Map.of(
                                        "id",
                                        instance.id(),
                                        "event",
                                        page.events().isEmpty()
                                                ? ""
                                                : page.events().get(0).id().encoded(),
                                        "at",
                                        page.events().isEmpty()
                                                ? ""
                                                : page.events()
                                                        .get(0)
                                                        .id()
                                                        .receivedAt()
                                                        .toString()))));
    }
}
