package dev.sluice.gateway.console.catalog;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.ElementCount;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the catalog. */
final class CatalogHandler {
    private final Elements elements;
    private final InstanceRepository instances;
    private final Pages pages;

    CatalogHandler(Elements elements, InstanceRepository instances, Pages pages) {
        this.elements = elements;
        this.instances = instances;
        this.pages = pages;
    }

    /** {@code GET /console/elements}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> instances
                        .countByElement(visitor.organizationId())
                        .collectMap(ElementCount::elementKey, ElementCount::count))
                .flatMap(counts -> pages.show(
                        request,
                        "elements/list",
                        Map.of(
                                "elements",
                                elements.elements().stream()
                                        .map(each -> ElementCard.of(
                                                each,
                                                counts.getOrDefault(
                                                        each.descriptor().key(), 0L)))
                                        .toList())));
    }
}
