package dev.sluice.gateway.console.event;

import static dev.sluice.gateway.console.event.EventFilters.given;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.search.EventStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the list of events. */
final class ListHandler {
    static final int SIZE = 25;

    private final EventLists lists;
    private final Elements elements;
    private final Pages pages;

    ListHandler(EventLists lists, Elements elements, Pages pages) {
        this.lists = lists;
        this.elements = elements;
        this.pages = pages;
    }

    /** {@code GET /console/events}. An event's id in {@code id}, or one of its notifications', leads to its page. */
    Mono<ServerResponse> list(ServerRequest request) {
        Optional<EventId> named = given(request, "id")
                .flatMap(id -> EventId.parse(id).or(() -> DeliveryId.parse(id).map(DeliveryId::eventId)));
        return named.isPresent() ? Pages.goTo("/console/events/" + named.get().encoded()) : show(request);
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> found(request, visitor)
                        .map(found -> shown(request, found, ""))
                        .onErrorResume(
                                BadRequestException.class,
                                refusal -> Mono.just(shown(request, EventLists.Part.NOTHING, refusal.getMessage()))))
                .flatMap(shown -> pages.show(request, "events/list", shown));
    }

    private Mono<EventLists.Part> found(ServerRequest request, Visitor visitor) {
        return Mono.defer(() -> Mono.justOrEmpty(EventFilters.of(request, visitor))
                .flatMap(filter -> lists.part(filter, after(request), SIZE))
                .defaultIfEmpty(EventLists.Part.NOTHING));
    }

    private static @Nullable UUID after(ServerRequest request) {
        return given(request, "after")
                .map(text -> {
                    try {
                        return UUID.fromString(text);
                    } catch (IllegalArgumentException notOurs) {
                        throw new BadRequestException("after", "no place in this list", "what More leads to");
                    }
                })
                .orElse(null);
    }

    private Map<String, Object> shown(ServerRequest request, EventLists.Part part, String problem) {
        Map<String, Object> shown = new HashMap<>();
        EventFilters.NAMES.forEach(name -> shown.put(name, given(request, name).orElse("")));
        String filters = EventFilters.query(request);
        shown.put("events", part.lines());
        shown.put("problem", problem);
        shown.put(
                "statuses", Arrays.stream(EventStatus.values()).map(Enum::name).toList());
        shown.put(
                "elements",
                elements.elements().stream().map(each -> each.descriptor()).toList());
        shown.put("filters", filters);
        shown.put("query", filters.isEmpty() ? "" : "?" + filters);
        shown.put("filtered", !filters.isEmpty());
        shown.put(
                "live",
                given(request, "after").isEmpty() && given(request, "to").isEmpty() && problem.isEmpty());
        shown.put("further", given(request, "after").isPresent());
        shown.put("pace", "");
        shown.put("place", part.next());
        shown.put("next", part.next().isEmpty() ? "" : "?" + join(filters, "after=" + part.next()));
        return shown;
    }

    /** What the rows of a live list show. */
    static Map<String, Object> rows(TailFrame frame) {
        return Map.of(
                "events",
                frame.lines(),
                "pace",
                frame.pace(),
                "place",
                frame.part().next());
    }

    private static String join(String query, String more) {
        return Stream.of(query, more).filter(each -> !each.isEmpty()).collect(Collectors.joining("&"));
    }
}
