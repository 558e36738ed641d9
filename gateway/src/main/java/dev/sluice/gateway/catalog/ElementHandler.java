package dev.sluice.gateway.catalog;

import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.request.Page;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the element routes. */
final class ElementHandler {
    private final Elements elements;
    private final RequestedElement requested;

    ElementHandler(Elements elements) {
        this.elements = elements;
        this.requested = new RequestedElement(elements);
    }

    /** {@code GET /elements}: in the order of registration. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Mono.defer(() -> {
            Page<String> page = Page.of(request, this::known);
            List<Element> after = after(page);
            List<Element> shown = after.subList(0, Math.min(page.size(), after.size()));
            ServerResponse.BodyBuilder answer = json().header(Page.RETURNED, String.valueOf(shown.size()))
                    .header(Page.TOTAL, String.valueOf(elements.elements().size()));
            if (after.size() > shown.size()) {
                answer.header(
                        Page.NEXT, shown.get(shown.size() - 1).descriptor().key());
            }
            return answer.bodyValue(shown.stream().map(ElementView::whole).toList());
        });
    }

    private Optional<String> known(String key) {
        return elements.find(key).map(element -> key);
    }

    private List<Element> after(Page<String> page) {
        String last = page.after();
        return elements.elements().stream()
                .skip(last == null ? 0 : List.copyOf(elements.keys()).indexOf(last) + 1L)
                .toList();
    }

    /** {@code GET /elements/keys}. */
    Mono<ServerResponse> keys(ServerRequest request) {
        return Mono.defer(() -> json().bodyValue(elements.keys()));
    }

    /** {@code GET /elements/metadata}: of all of them. */
    Mono<ServerResponse> allMetadata(ServerRequest request) {
        return Mono.defer(() -> json().bodyValue(
                        elements.elements().stream().map(ElementView::metadata).toList()));
    }

    /** {@code GET /elements/{keyOrId}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return answer(request, ElementView::whole);
    }

    /** {@code GET /elements/{keyOrId}/configuration}. */
    Mono<ServerResponse> configuration(ServerRequest request) {
        return answer(request, FieldView::all);
    }

    /** {@code GET /elements/{keyOrId}/metadata}. */
    Mono<ServerResponse> metadata(ServerRequest request) {
        return answer(request, ElementView::metadata);
    }

    private Mono<ServerResponse> answer(ServerRequest request, Function<Element, Object> view) {
        return Mono.defer(() -> requested
                .inPath(request)
                .map(element -> json().bodyValue(view.apply(element)))
                .orElseGet(() -> Mono.error(() -> new NotFoundException("element: none in the path"))));
    }

    private static ServerResponse.BodyBuilder json() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON);
    }
}
