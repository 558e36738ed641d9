package dev.sluice.gateway.console.event;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.gateway.redelivery.Redeliverer;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.RedeliverableEvent;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/** Shows one event, and sends it again. */
final class EventHandler {
    private final InstanceRepository instances;
    private final EventRepository events;
    private final EventPage page;
    private final Redeliverer redeliverer;
    private final Pages pages;

    EventHandler(
            InstanceRepository instances,
            EventRepository events,
            EventPage page,
            Redeliverer redeliverer,
            Pages pages) {
        this.instances = instances;
        this.events = events;
        this.page = page;
        this.redeliverer = redeliverer;
        this.pages = pages;
    }

    /** {@code GET /console/events/{eventId}}. */
    Mono<ServerResponse> show(ServerRequest request) {
        return found(request)
                .flatMap(both -> page.of(
                        both.getT1(), both.getT2(), request.queryParam("done").isPresent()))
                .flatMap(shown -> pages.show(request, "events/show", shown));
    }

    /** {@code GET /console/events/{eventId}/timeline}: that part alone, which asks again while something is owed. */
    Mono<ServerResponse> timeline(ServerRequest request) {
        return found(request)
                .flatMap(both -> page.of(both.getT1(), both.getT2(), false))
                .flatMap(shown -> pages.part(request, "events/show", "timeline", shown));
    }

    /** {@code POST /console/events/{eventId}/redeliver}. */
    Mono<ServerResponse> redeliver(ServerRequest request) {
        return found(request)
                .flatMap(both -> redeliverer
                        .again(both.getT1(), RedeliverableEvent.of(both.getT2()))
                        .then(Pages.goTo("/console/events/" + both.getT2().id().encoded() + "?done=redelivered")));
    }

    private Mono<Tuple2<Instance, StoredEvent>> found(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> {
                    EventId id = RequestedEvent.eventId(request);
                    return instances
                            .find(visitor.organizationId(), id.instanceId())
                            .zipWith(events.find(id));
                })
                .switchIfEmpty(Mono.error(RequestedEvent::unknownEvent));
    }
}
