package dev.sluice.gateway.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.events.EventQuery;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    private static final int SIZE = 25;
    private static final List<String> FILTERS =
            List.of("instance", "status", "objectType", "objectId", "eventType", "from", "to");

    private final EventLists lists;
    private final Pages pages;

    ListHandler(EventLists lists, Pages pages) {
        this.lists = lists;
        this.pages = pages;
    }

    /** {@code GET /console/events}. An event's id in {@code id} leads to its page. */
    Mono<ServerResponse> list(ServerRequest request) {
        Optional<EventId> named = given(request, "id").flatMap(EventId::parse);
        return named.isPresent()
                ? Pages.goTo("/console/events/" + named.get().encoded())
                : show(request, "events/list", null);
    }

    /** {@code GET /console/events/newest}: the table alone, which the page asks for while it is live. */
    Mono<ServerResponse> newest(ServerRequest request) {
        return show(request, "events/list", "table");
    }

    private Mono<ServerResponse> show(ServerRequest request, String template, @Nullable String part) {
        return Visitor.of(request)
                .flatMap(visitor -> found(request, visitor)
                        .map(found -> shown(request, found, ""))
                        .onErrorResume(
                                BadRequestException.class,
                                refusal -> Mono.just(shown(request, EventLists.Part.NOTHING, refusal.getMessage()))))
                .flatMap(shown -> part == null
                        ? pages.show(request, template, shown)
                        : pages.part(request, template, part, shown));
    }

    private Mono<EventLists.Part> found(ServerRequest request, Visitor visitor) {
        return Mono.defer(() -> Mono.justOrEmpty(filter(request, visitor))
                .flatMap(filter -> lists.part(filter, after(request), SIZE))
                .defaultIfEmpty(EventLists.Part.NOTHING));
    }

    static Optional<EventFilter> filter(ServerRequest request, Visitor visitor) {
        return EventQuery.of(request, visitor.organizationId(), instance(request));
    }

    private static @Nullable Long instance(ServerRequest request) {
        return given(request, "instance")
                .map(text -> {
                    try {
                        return Long.valueOf(text);
                    } catch (NumberFormatException noNumber) {
                        throw new BadRequestException("instance", "no number", "an instance's id");
                    }
                })
                .orElse(null);
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

    private static Map<String, Object> shown(ServerRequest request, EventLists.Part part, String problem) {
        Map<String, Object> shown = new HashMap<>();
        FILTERS.forEach(name -> shown.put(name, given(request, name).orElse("")));
        String filters = query(request);
        shown.put("events", part.lines());
        shown.put("problem", problem);
        shown.put(
                "statuses", Arrays.stream(EventStatus.values()).map(Enum::name).toList());
        shown.put("filters", filters);
        shown.put("filtered", !filters.isEmpty());
        shown.put("first", given(request, "after").isEmpty());
        shown.put("next", part.next().isEmpty() ? "" : "?" + join(filters, "after=" + part.next()));
        return shown;
    }

    /** The filters as a query, for the links that keep them. */
    private static String query(ServerRequest request) {
        return FILTERS.stream()
                .flatMap(name ->
                        given(request, name).stream().map(value -> name + "=" + URLEncoder.encode(value, UTF_8)))
                .collect(Collectors.joining("&"));
    }

    private static String join(String query, String more) {
        return Stream.of(query, more).filter(each -> !each.isEmpty()).collect(Collectors.joining("&"));
    }

    static Optional<String> given(ServerRequest request, String name) {
        return request.queryParam(name).map(String::strip).filter(text -> !text.isEmpty());
    }
}
