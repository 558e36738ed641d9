package dev.sluice.gateway.notifications;

import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.delivery.notification.DeliverableEvent;
import dev.sluice.gateway.delivery.notification.Recipient;
import dev.sluice.gateway.delivery.notification.ShownNotification;
import dev.sluice.gateway.request.BodyBudget;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.notification.AcknowledgementRepository;
import dev.sluice.persistence.notification.FoundDelivery;
import dev.sluice.persistence.notification.NotifiedInstance;
import dev.sluice.persistence.notification.NotifiedInstanceRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes the notifications of deliveries once more, as they were sent. */
final class NotificationReader {
    private final NotifiedInstanceRepository instances;
    private final EventRepository events;
    private final AcknowledgementRepository acknowledgements;
    private final Contents contents;

    NotificationReader(
            NotifiedInstanceRepository instances,
            EventRepository events,
            AcknowledgementRepository acknowledgements,
            Contents contents) {
        this.instances = instances;
        this.events = events;
        this.acknowledgements = acknowledgements;
        this.contents = contents;
    }

    /**
     * The notifications of these deliveries, in their order, as many as fit into one answer; one at least. Those whose event
     * or instance has gone meanwhile are left out.
     *
     * @param organizationId whose they are
     * @param found at most 200, those of an event together
     */
    Flux<ShownNotification> read(long organizationId, List<FoundDelivery> found) {
        if (found.isEmpty()) {
            return Flux.empty();
        }
        List<DeliveryId> ids = found.stream().map(FoundDelivery::id).toList();
        Map<EventId, List<DeliveryId>> byEvent = ids.stream()
                .collect(Collectors.groupingBy(DeliveryId::eventId, LinkedHashMap::new, Collectors.toList()));
        BodyBudget budget = new BodyBudget();
        return Mono.zip(recipients(organizationId, byEvent.keySet()), acknowledgements.among(ids))
                .flatMapMany(both -> events.findAll(List.copyOf(byEvent.keySet()))
                        .concatMapIterable(
                                event -> shown(
                                        event, byEvent.getOrDefault(event.id(), List.of()), both.getT1(), both.getT2()),
                                1))
                .takeUntil(shown -> budget.isSpentBy(shown.json().length()));
    }

    private Mono<Map<Long, Recipient>> recipients(long organizationId, Set<EventId> of) {
        return instances
                .findAll(organizationId, of.stream().map(EventId::instanceId).collect(Collectors.toSet()))
                .collectMap(NotifiedInstance::id, NotificationReader::recipient);
    }

    private static Recipient recipient(NotifiedInstance instance) {
        return new Recipient(
                instance.id(),
                instance.name(),
                instance.tags(),
                instance.elementKey(),
                instance.organizationId(),
                instance.userId());
    }

    private List<ShownNotification> shown(
            StoredEvent event, List<DeliveryId> ids, Map<Long, Recipient> recipients, Set<DeliveryId> acknowledged) {
        Recipient recipient = recipients.get(event.id().instanceId());
        if (recipient == null) {
            return List.of();
        }
        DeliverableEvent deliverable = contents.of(event, recipient.elementKey());
        return ids.stream()
                .map(id -> ShownNotification.of(id, deliverable, recipient, acknowledged.contains(id)))
                .toList();
    }
}
