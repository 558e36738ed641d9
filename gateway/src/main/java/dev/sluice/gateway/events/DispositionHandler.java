package dev.sluice.gateway.events;

import dev.sluice.gateway.events.RequestedEvents.Part;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.eventlog.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves what became of events, in words. */
final class DispositionHandler {
    /** The newest of an event; all of them are in its own list of attempts. */
    private static final int MESSAGES_MAX = 50;

    private final RequestedEvents requested;
    private final AttemptRepository attempts;

    DispositionHandler(RequestedEvents requested, AttemptRepository attempts) {
        this.requested = requested;
        this.attempts = attempts;
    }

    /** {@code GET /instances/events/dispositions}: of the same events, by the same filters, as the list of events. */
    Mono<ServerResponse> list(ServerRequest request) {
        return requested.ofAll(request).flatMap(part -> attempts(part.ids()).flatMap(byEvent -> render(part, byEvent)));
    }

    private Mono<Map<EventId, Collection<AddressedAttempt>>> attempts(List<EventId> events) {
        return events.isEmpty()
                ? Mono.just(Map.of())
                : attempts.ofEvents(events, MESSAGES_MAX)
                        .collectMultimap(each -> each.attempt().delivery().eventId());
    }

    private static Mono<ServerResponse> render(Part part, Map<EventId, Collection<AddressedAttempt>> byEvent) {
        return part.with(part.events().size(), part.next())
                .bodyValue(part.events().stream()
                        .map(event -> DispositionView.of(event, byEvent.getOrDefault(event.id(), List.of())))
                        .toList());
    }
}
