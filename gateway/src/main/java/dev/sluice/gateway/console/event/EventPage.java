package dev.sluice.gateway.console.event;

import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.delivery.notification.Recipient;
import dev.sluice.gateway.delivery.notification.ShownNotification;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.notification.PendingRepository;
import dev.sluice.persistence.search.EventSearch;
import dev.sluice.persistence.search.EventStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** Gathers what the page of an event shows. */
final class EventPage {
    private static final int MOMENTS_MAX = 200;
    private static final long NO_ENDPOINT = 0;

    private final EventSearch search;
    private final AttemptRepository attempts;
    private final PendingRepository pending;
    private final Contents contents;

    EventPage(EventSearch search, AttemptRepository attempts, PendingRepository pending, Contents contents) {
        this.search = search;
        this.attempts = attempts;
        this.pending = pending;
        this.contents = contents;
    }

    Mono<Map<String, Object>> of(Instance instance, StoredEvent event, boolean sentAgain) {
        List<Long> endpoints = instance.endpoints().stream().map(Endpoint::id).toList();
        // What is owed is read first. Read last, an attempt that ends meanwhile would be on neither list, and the page
        // would not ask again.
        return pending.ofEvent(event.id(), endpoints, MOMENTS_MAX)
                .collectList()
                .flatMap(owed -> Mono.zip(
                                search.status(instance.organizationId(), event.id()),
                                attempts.ofEvent(event.id(), null, MOMENTS_MAX).collectList())
                        .map(both -> shown(
                                instance,
                                event,
                                both.getT1(),
                                Timeline.of(instance, event, both.getT2(), owed),
                                sentAgain)));
    }

    private Map<String, Object> shown(
            Instance instance, StoredEvent event, EventStatus status, List<Moment> moments, boolean sentAgain) {
        Endpoint endpoint = instance.endpoints().stream().findFirst().orElse(null);
        DeliveryId delivery = new DeliveryId(event.id(), endpoint == null ? NO_ENDPOINT : endpoint.id(), 0);
        String notification = notification(instance, event, delivery);
        Map<String, Object> shown = new HashMap<>();
        shown.put("id", event.id().encoded());
        shown.put("at", event.id().receivedAt().toString());
        shown.put("instance", instance.name());
        shown.put("instanceId", instance.id());
        shown.put("element", instance.elementKey());
        shown.put("status", status.name().toLowerCase(Locale.ROOT));
        shown.put("tone", EventLine.tone(status));
        shown.put("failure", event.failure() == null ? "" : event.failure());
        shown.put("items", event.items());
        shown.put("moments", moments);
        shown.put("waits", waits(status, moments, endpoint != null));
        shown.put("headers", new TreeMap<>(event.headers()));
        shown.put("webhook", Shown.of(event.body().bytes()));
        shown.put("notification", Shown.of(notification));
        shown.put("parts", event.parts());
        shown.put("webhookId", delivery.encoded());
        shown.put("curl", endpoint == null ? "" : Snippets.curl(endpoint.url(), delivery.encoded(), notification));
        shown.put("snippets", Snippets.verifying(delivery.encoded()));
        shown.put("deliverable", !instance.endpoints().isEmpty());
        shown.put("done", sentAgain ? "It is sent again. The timeline shows what comes of it." : "");
        return shown;
    }

    /** Whether more is to come: something is owed, or the first attempt has not ended yet. */
    private static boolean waits(EventStatus status, List<Moment> moments, boolean owed) {
        boolean begun = moments.size() > 1;
        return moments.stream().anyMatch(each -> each.tone().equals("warn"))
                || (owed && !begun && status == EventStatus.RECEIVED);
    }

    private String notification(Instance instance, StoredEvent event, DeliveryId delivery) {
        return event.items().isEmpty()
                ? "null"
                : Shown.sent(ShownNotification.of(
                                delivery, contents.of(event, instance.elementKey()), Recipient.of(instance), false)
                        .json());
    }
}
