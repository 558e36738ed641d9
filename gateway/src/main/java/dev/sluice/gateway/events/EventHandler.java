package dev.sluice.gateway.events;

import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptPlace;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.search.EventSearch;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves one event, and what was attempted to deliver it. */
final class EventHandler {
    private final RequestedEvent requested;
    private final EventSearch search;
    private final EventRepository events;
    private final AttemptRepository attempts;

    EventHandler(RequestedEvent requested, EventSearch search, EventRepository events, AttemptRepository attempts) {
        this.requested = requested;
        this.search = search;
        this.events = events;
        this.attempts = attempts;
    }

    /** {@code GET /instances/events/{eventId}}, {@code GET /instances/{id}/events/{eventId}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return Mono.defer(() -> requested
                .instance(request)
                .flatMap(instance -> event(request)
                        .flatMap(event -> search.status(instance.organizationId(), event.id())
                                .map(status -> EventView.of(event, status, instance.elementKey())))
                        .flatMap(view -> requested.answer(request, instance).bodyValue(view))));
    }

    /** {@code GET /instances/{id}/events/{eventId}/attempts}: the oldest first. */
    Mono<ServerResponse> attempts(ServerRequest request) {
        return Mono.defer(() -> requested
                .instance(request)
                .flatMap(instance -> event(request).flatMap(event -> attempts(request, instance, event))));
    }

    private Mono<ServerResponse> attempts(ServerRequest request, Instance instance, StoredEvent event) {
        Page<AttemptPlace> page = Page.of(request, AttemptToken::parse);
        return attempts.ofEvent(event.id(), page.after(), page.size() + 1)
                .collectList()
                .flatMap(found -> {
                    List<AddressedAttempt> shown = found.subList(0, Math.min(page.size(), found.size()));
                    ServerResponse.BodyBuilder answer =
                            requested.answer(request, instance).header(Page.RETURNED, String.valueOf(shown.size()));
                    if (found.size() > shown.size()) {
                        answer.header(
                                Page.NEXT,
                                AttemptToken.at(shown.get(shown.size() - 1).attempt()));
                    }
                    return answer.bodyValue(shown.stream().map(EventView::of).toList());
                });
    }

    private Mono<StoredEvent> event(ServerRequest request) {
        return events.find(RequestedEvent.eventId(request)).switchIfEmpty(Mono.error(RequestedEvent::unknownEvent));
    }
}
