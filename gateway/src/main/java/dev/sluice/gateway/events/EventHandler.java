package dev.sluice.gateway.events;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.provisioning.Page;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.delivery.AttemptRepository;
import dev.sluice.persistence.delivery.Progress;
import dev.sluice.persistence.delivery.ProgressRepository;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Serves the event routes. */
final class EventHandler {
    private final InstanceRepository instances;
    private final EventRepository events;
    private final AttemptRepository attempts;
    private final ProgressRepository progress;
    private final WebhookAddress addresses;

    EventHandler(
            InstanceRepository instances,
            EventRepository events,
            AttemptRepository attempts,
            ProgressRepository progress,
            WebhookAddress addresses) {
        this.instances = instances;
        this.events = events;
        this.attempts = attempts;
        this.progress = progress;
        this.addresses = addresses;
    }

    /** {@code GET /instances/{id}/events}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return instance(request).flatMap(instance -> {
            Page<EventId> page = Page.of(request, EventId::parse);
            return Mono.defer(() -> page(request, instance, page, new BodyBudget()));
        });
    }

    private Mono<ServerResponse> page(ServerRequest request, Instance instance, Page<EventId> page, BodyBudget budget) {
        EventId after = page.after();
        return events.ofInstance(instance.id(), after == null ? null : after.id(), page.size() + 1)
                .takeUntil(budget::isSpentBy)
                .collectList()
                .flatMap(found -> {
                    List<StoredEvent> shown = found.subList(0, Math.min(page.size(), found.size()));
                    ServerResponse.BodyBuilder answer =
                            answer(request, instance).header(Page.RETURNED, String.valueOf(shown.size()));
                    if (found.size() > shown.size() || budget.isSpent()) {
                        answer.header(
                                Page.NEXT, shown.get(shown.size() - 1).id().encoded());
                    }
                    return views(instance, shown).flatMap(answer::bodyValue);
                });
    }

    private Mono<List<ObjectNode>> views(Instance instance, List<StoredEvent> shown) {
        List<UUID> ids = shown.stream().map(event -> event.id().id()).toList();
        return progress.ofEvents(instance.id(), ids)
                .collectMap(Progress::eventId)
                .map(byId -> shown.stream()
                        .map(event -> EventView.of(
                                event,
                                byId.getOrDefault(
                                        event.id().id(),
                                        Progress.none(event.id().id())),
                                instance))
                        .toList());
    }

    /** {@code GET /instances/events/{eventId}}, {@code GET /instances/{id}/events/{eventId}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return Mono.defer(() -> instance(request)
                .flatMap(instance -> event(request)
                        .flatMap(event -> views(instance, List.of(event)))
                        .flatMap(views -> answer(request, instance).bodyValue(views.get(0)))));
    }

    /** {@code GET /instances/{id}/events/{eventId}/attempts}. */
    Mono<ServerResponse> attempts(ServerRequest request) {
        return Mono.defer(() -> instance(request)
                .flatMap(instance -> event(request)
                        .flatMap(event -> attempts.ofEvent(event.id())
                                .map(attempt -> EventView.of(attempt, instance))
                                .collectList())
                        .flatMap(views -> answer(request, instance).bodyValue(views))));
    }

    private Mono<StoredEvent> event(ServerRequest request) {
        return events.find(eventId(request)).switchIfEmpty(Mono.error(EventHandler::unknownEvent));
    }

    /** The instance whose events are asked for, if it is the caller's. An event's id names its instance. */
    private Mono<Instance> instance(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> instances.find(caller.organizationId(), instanceId(request)))
                .switchIfEmpty(Mono.error(EventHandler::unknownInstance));
    }

    private static long instanceId(ServerRequest request) {
        String inPath = request.pathVariables().get("id");
        if (inPath == null) {
            return eventId(request).instanceId();
        }
        try {
            return Long.parseLong(inPath);
        } catch (NumberFormatException notANumber) {
            throw unknownInstance();
        }
    }

    private static EventId eventId(ServerRequest request) {
        String instance = request.pathVariables().get("id");
        return EventId.parse(request.pathVariable("eventId"))
                .filter(event -> instance == null || instance.equals(String.valueOf(event.instanceId())))
                .orElseThrow(EventHandler::unknownEvent);
    }

    private static NotFoundException unknownInstance() {
        return new NotFoundException("Invalid Element Instance Id provided.");
    }

    private static NotFoundException unknownEvent() {
        return new NotFoundException("No event found with that id.");
    }

    private ServerResponse.BodyBuilder answer(ServerRequest request, Instance instance) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Elements-Encoded-Id", WebhookAddress.encodedId(instance.id()))
                .header("Elements-Webhook-Url", addresses.of(instance, request));
    }
}
