package dev.sluice.gateway.events;

import dev.sluice.gateway.events.RequestedEvents.Part;
import dev.sluice.gateway.request.BodyBudget;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.search.FoundEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the lists of events: finds them, then reads as many of their bodies as fit into one answer. */
final class EventListHandler {
    private final RequestedEvents requested;
    private final EventRepository events;

    EventListHandler(RequestedEvents requested, EventRepository events) {
        this.requested = requested;
        this.events = events;
    }

    /** {@code GET /instances/{id}/events}. */
    Mono<ServerResponse> ofInstance(ServerRequest request) {
        return requested.ofInstance(request).flatMap(this::read);
    }

    /** {@code GET /instances/events}. */
    Mono<ServerResponse> ofAll(ServerRequest request) {
        return requested.ofAll(request).flatMap(this::read);
    }

    private Mono<ServerResponse> read(Part part) {
        List<EventId> ids = part.ids();
        if (ids.isEmpty()) {
            return render(part, List.of(), part.next());
        }
        BodyBudget budget = new BodyBudget();
        return events.findAll(ids)
                .takeUntil(event -> budget.isSpentBy(event.body().length()))
                .collectList()
                .flatMap(read -> render(part, read, budget.isSpent() ? last(read) : part.next()));
    }

    private static UUID last(List<StoredEvent> read) {
        return read.get(read.size() - 1).id().id();
    }

    private static Mono<ServerResponse> render(Part part, List<StoredEvent> read, @Nullable UUID next) {
        Map<EventId, FoundEvent> byId =
                part.events().stream().collect(Collectors.toMap(FoundEvent::id, Function.identity()));
        return part.with(read.size(), next)
                .bodyValue(read.stream()
                        .map(event -> {
                            FoundEvent as = byId.get(event.id());
                            return as == null ? null : EventView.of(event, as.status(), as.elementKey());
                        })
                        .toList());
    }
}
