package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.provisioning.CursorToken;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceFilter;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the cards. */
final class ListHandler {
    private static final int SIZE = 24;
    private static final int SEARCH_MAX = 255;

    private final InstanceRepository instances;
    private final Elements elements;
    private final Found found;
    private final Pages pages;

    ListHandler(InstanceRepository instances, Elements elements, Found found, Pages pages) {
        this.instances = instances;
        this.elements = elements;
        this.found = found;
        this.pages = pages;
    }

    /** {@code GET /console/instances}: with {@code search}, {@code tag}, {@code element} and {@code after}. */
    Mono<ServerResponse> list(ServerRequest request) {
        String search = given(request, "search");
        String tag = given(request, "tag");
        String element = given(request, "element");
        InstanceFilter filter = new InstanceFilter(element, tag == null ? List.of() : List.of(tag), search);
        return Visitor.of(request)
                .flatMapMany(visitor -> instances.list(
                        visitor.organizationId(),
                        filter,
                        request.queryParam("after").flatMap(CursorToken::parse).orElse(null),
                        SIZE + 1))
                .collectList()
                .flatMap(all -> pages.show(request, "instances/list", shown(all, filter, tag)));
    }

    private Map<String, Object> shown(List<Instance> all, InstanceFilter filter, @Nullable String tag) {
        List<Instance> page = all.subList(0, Math.min(SIZE, all.size()));
        return Map.of(
                "instances",
                page.stream()
                        .map(each -> InstanceCard.of(each, found.element(each)))
                        .toList(),
                "elements",
                elements.elements().stream().map(each -> each.descriptor()).toList(),
                "search",
                text(filter.searchText()),
                "tag",
                text(tag),
                "element",
                text(filter.elementKey()),
                "filtered",
                !filter.equals(InstanceFilter.ALL),
                "next",
                all.size() > SIZE ? CursorToken.at(page.get(SIZE - 1)) : "");
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static @Nullable String given(ServerRequest request, String name) {
        return request.queryParam(name)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= SEARCH_MAX)
                .orElse(null);
    }
}
