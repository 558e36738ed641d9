package dev.sluice.gateway.events;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventSearch;
import dev.sluice.persistence.search.FoundEvent;
import dev.sluice.persistence.search.FoundPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the lists of events: finds them, then reads as many of their bodies as fit into one answer. */
final class EventListHandler {
    private final RequestedEvent requested;
    private final EventSearch search;
    private final EventRepository events;

    EventListHandler(RequestedEvent requested, EventSearch search, EventRepository events) {
        this.requested = requested;
        this.search = search;
        this.events = events;
    }

    /** {@code GET /instances/{id}/events}. */
    Mono<ServerResponse> ofInstance(ServerRequest request) {
        return requested
                .instance(request)
                .flatMap(instance -> answer(
                        request,
                        EventQuery.of(request, instance.organizationId(), instance.id()),
                        requested.answer(request, instance)));
    }

    /** {@code GET /instances/events}. */
    Mono<ServerResponse> ofAll(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> answer(
                        request,
                        EventQuery.of(
                                request,
                                caller.organizationId(),
                                EventQuery.instanceId(request).orElse(null)),
                        ServerResponse.ok().contentType(MediaType.APPLICATION_JSON)));
    }

    private Mono<ServerResponse> answer(
            ServerRequest request, Optional<EventFilter> filter, ServerResponse.BodyBuilder answer) {
        Page<EventId> page = Page.of(request, EventId::parse);
        EventId after = page.after();
        return Mono.justOrEmpty(filter)
                .flatMap(wanted -> search.page(wanted, after == null ? null : after.id(), page.size()))
                .defaultIfEmpty(new FoundPage(List.of(), null))
                .flatMap(found -> read(found, answer));
    }

    private Mono<ServerResponse> read(FoundPage found, ServerResponse.BodyBuilder answer) {
        List<EventId> ids = found.events().stream().map(FoundEvent::id).toList();
        if (ids.isEmpty()) {
            return render(found, List.of(), found.next(), answer);
        }
        BodyBudget budget = new BodyBudget();
        return events.findAll(ids)
                .takeUntil(budget::isSpentBy)
                .collectList()
                .flatMap(read -> render(found, read, budget.isSpent() ? last(read) : found.next(), answer));
    }

    private static UUID last(List<StoredEvent> read) {
        return read.get(read.size() - 1).id().id();
    }

    private static Mono<ServerResponse> render(
            FoundPage found, List<StoredEvent> read, @Nullable UUID next, ServerResponse.BodyBuilder answer) {
        Map<EventId, FoundEvent> byId =
                found.events().stream().collect(Collectors.toMap(FoundEvent::id, Function.identity()));
        answer.header(Page.RETURNED, String.valueOf(read.size()));
        if (next != null) {
            long instanceId =
                    read.isEmpty() ? 0 : read.get(read.size() - 1).id().instanceId();
            answer.header(Page.NEXT, new EventId(instanceId, next).encoded());
        }
        return answer.bodyValue(read.stream()
                .map(event -> {
                    FoundEvent as = byId.get(event.id());
                    return as == null ? null : EventView.of(event, as.status(), as.elementKey());
                })
                .toList());
    }
}
