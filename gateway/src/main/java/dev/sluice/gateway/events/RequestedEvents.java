package dev.sluice.gateway.events;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventSearch;
import dev.sluice.persistence.search.FoundEvent;
import dev.sluice.persistence.search.FoundPage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which events a list is asked for, and how its answer begins: whenever one instance is meant, with where its webhooks go. */
final class RequestedEvents {
    private final RequestedEvent requested;
    private final InstanceRepository instances;
    private final EventSearch search;

    RequestedEvents(RequestedEvent requested, InstanceRepository instances, EventSearch search) {
        this.requested = requested;
        this.instances = instances;
        this.search = search;
    }

    /**
     * A part of a list of events.
     *
     * @param next the place that the next part begins after, or null when there is none
     */
    record Part(List<FoundEvent> events, @Nullable UUID next, ServerResponse.BodyBuilder answer) {
        Part {
            events = List.copyOf(events);
        }

        List<EventId> ids() {
            return events.stream().map(FoundEvent::id).toList();
        }

        /**
         * Begins the answer.
         *
         * @param returned how many records it has
         * @param following where the next page begins, null when there is none
         */
        ServerResponse.BodyBuilder with(int returned, @Nullable UUID following) {
            answer.header(Page.RETURNED, String.valueOf(returned));
            if (following != null) {
                answer.header(Page.NEXT, new EventId(0, following).encoded());
            }
            return answer;
        }
    }

    /** Those of the instance in the path. */
    Mono<Part> ofInstance(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> find(request, instance));
    }

    /**
     * Those of all the caller's instances, or of the one that {@code instanceId} or the element token names.
     */
    Mono<Part> ofAll(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Optional<Long> named = EventQuery.instanceId(request)
                    .or(() -> Optional.ofNullable(caller.instance()).map(Instance::id));
            return named.map(id -> instances.find(caller.organizationId(), id))
                    .orElseGet(Mono::empty)
                    .flatMap(instance -> find(request, instance))
                    .switchIfEmpty(Mono.defer(() -> find(
                            request,
                            EventQuery.of(request, caller.organizationId(), named.orElse(null)),
                            ServerResponse.ok().contentType(MediaType.APPLICATION_JSON))));
        });
    }

    private Mono<Part> find(ServerRequest request, Instance instance) {
        return find(
                request,
                EventQuery.of(request, instance.organizationId(), instance.id()),
                requested.answer(request, instance));
    }

    private Mono<Part> find(ServerRequest request, Optional<EventFilter> filter, ServerResponse.BodyBuilder answer) {
        Page<EventId> page = Page.of(request, EventId::parse);
        EventId after = page.after();
        return Mono.justOrEmpty(filter)
                .flatMap(wanted -> search.page(wanted, after == null ? null : after.id(), page.size()))
                .defaultIfEmpty(new FoundPage(List.of(), null))
                .map(found -> new Part(found.events(), found.next(), answer));
    }
}
