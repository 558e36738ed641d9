package dev.sluice.gateway.console.overview;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.persistence.instance.InstanceFilter;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the overview. */
final class OverviewHandler {
    private final OverviewFigures figures;
    private final InstanceRepository instances;
    private final Pages pages;

    OverviewHandler(OverviewFigures figures, InstanceRepository instances, Pages pages) {
        this.figures = figures;
        this.instances = instances;
        this.pages = pages;
    }

    /** {@code GET /console}. */
    Mono<ServerResponse> show(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> Mono.zip(
                        figures.of(visitor.organizationId()),
                        instances
                                .list(visitor.organizationId(), InstanceFilter.ALL, null, 1)
                                .hasElements()))
                .flatMap(both ->
                        pages.show(request, "overview/show", Map.of("figures", both.getT1(), "blank", !both.getT2())));
    }

    /** {@code GET /console/overview/figures}: that part alone, which the page asks for again and again. */
    Mono<ServerResponse> figures(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> figures.of(visitor.organizationId()))
                .flatMap(shown -> pages.part(request, "overview/show", "figures", Map.of("figures", shown)));
    }
}
