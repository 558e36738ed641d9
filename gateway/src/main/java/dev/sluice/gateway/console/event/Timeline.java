package dev.sluice.gateway.console.event;

import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.notification.PendingDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The life of an event: what came, what was tried, and what is owed. What follows a delivery's end was sent again. */
final class Timeline {
    private Timeline() {}

    /** @param attempts the oldest first */
    static List<Moment> of(
            Instance instance, StoredEvent event, List<AddressedAttempt> attempts, List<PendingDelivery> pending) {
        List<Moment> moments = new ArrayList<>();
        moments.add(Moment.received(event.id().receivedAt(), event.body().length()));
        Set<DeliveryId> over = new HashSet<>();
        for (AddressedAttempt each : attempts) {
            DeliveryId delivery = each.attempt().delivery();
            moments.add(Moment.of(each, over.contains(delivery)));
            if (each.attempt().ending() != null) {
                over.add(delivery);
            }
        }
        pending.forEach(each -> moments.add(Moment.of(each, over.contains(each.id()), instance)));
        return moments;
    }
}
