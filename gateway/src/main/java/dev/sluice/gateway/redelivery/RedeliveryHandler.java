package dev.sluice.gateway.redelivery;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.events.EventQuery;
import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.redelivery.RedeliverableEvent;
import dev.sluice.persistence.redelivery.RedeliveryJob;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the redelivery routes. */
final class RedeliveryHandler {
    private final RequestedEvent requested;
    private final EventRepository events;
    private final RedeliveryJobRepository jobs;
    private final Redeliverer redeliverer;

    RedeliveryHandler(
            RequestedEvent requested, EventRepository events, RedeliveryJobRepository jobs, Redeliverer redeliverer) {
        this.requested = requested;
        this.events = events;
        this.jobs = jobs;
        this.redeliverer = redeliverer;
    }

    /** {@code POST /instances/{id}/events/{eventId}/redeliver}. */
    Mono<ServerResponse> one(ServerRequest request) {
        return requested
                .instance(request)
                .flatMap(instance -> events.find(RequestedEvent.eventId(request))
                        .switchIfEmpty(Mono.error(RequestedEvent::unknownEvent))
                        .flatMap(event -> redeliverer
                                .again(instance, RedeliverableEvent.of(event))
                                .collectList()
                                .flatMap(asked -> answer(RedeliveryView.of(event.id(), asked, instance)))));
    }

    /** {@code POST /instances/{id}/events/redeliver}: the list's own filters say which. */
    Mono<ServerResponse> range(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            if (request.queryParam("from").filter(given -> !given.isBlank()).isEmpty()) {
                throw new BadRequestException(
                        "from", "missing", "since when events are to be sent again, as in 2026-03-05T10:11:12Z");
            }
            return Mono.justOrEmpty(EventQuery.of(request, instance.organizationId(), instance.id()))
                    .switchIfEmpty(Mono.error(() -> new BadRequestException(
                            "status", "one that no event ever has", "one of RECEIVED, DISPATCHED, NOTIFIED, FAILED")))
                    .filter(filter -> filter.allows(instance.elementKey()))
                    .switchIfEmpty(Mono.error(() -> new BadRequestException(
                            "elementKey", "another than the instance's", instance.elementKey() + ", or none")))
                    .flatMap(filter -> jobs.create(filter, instance.id()))
                    .flatMap(job -> answer(RedeliveryView.of(job)));
        });
    }

    /** {@code GET /instances/{id}/redeliveries}: the newest first. */
    Mono<ServerResponse> list(ServerRequest request) {
        return requested.instance(request).flatMap(instance -> {
            Page<Long> page = Page.of(request, RedeliveryHandler::place);
            return jobs.ofInstance(instance.id(), page.after(), page.size() + 1)
                    .collectList()
                    .flatMap(found -> answer(found, page.size()));
        });
    }

    private static Optional<Long> place(String token) {
        try {
            return Optional.of(Long.parseLong(token));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static Mono<ServerResponse> answer(List<RedeliveryJob> found, int size) {
        List<RedeliveryJob> shown = found.subList(0, Math.min(size, found.size()));
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(Page.RETURNED, String.valueOf(shown.size()));
        if (found.size() > size) {
            answer.header(Page.NEXT, String.valueOf(shown.get(size - 1).id()));
        }
        return answer.bodyValue(shown.stream().map(RedeliveryView::of).toList());
    }

    /** {@code GET /instances/{id}/redeliveries/{jobId}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return job(request, instance -> jobs.find(instance.id(), jobId(request)));
    }

    /** {@code DELETE /instances/{id}/redeliveries/{jobId}}: stops it. */
    Mono<ServerResponse> cancel(ServerRequest request) {
        return job(request, instance -> jobs.cancel(instance.id(), jobId(request)));
    }

    private Mono<ServerResponse> job(ServerRequest request, Function<Instance, Mono<RedeliveryJob>> find) {
        return requested
                .instance(request)
                .flatMap(find)
                .switchIfEmpty(Mono.error(RedeliveryHandler::unknownJob))
                .flatMap(job -> answer(RedeliveryView.of(job)));
    }

    private static long jobId(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("jobId"));
        } catch (NumberFormatException notANumber) {
            throw unknownJob();
        }
    }

    private static NotFoundException unknownJob() {
        return new NotFoundException("No redelivery found with that id.");
    }

    private static Mono<ServerResponse> answer(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
