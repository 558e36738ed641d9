package dev.sluice.gateway.notifications;

import dev.sluice.gateway.delivery.notification.ShownNotification;
import dev.sluice.persistence.notification.FoundDelivery;
import dev.sluice.persistence.notification.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** A delivery as the original shows it; {@code failed} is a status that it lacked. */
final class DeliveryView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private DeliveryView() {}

    static ObjectNode of(FoundDelivery delivery) {
        ObjectNode view = JSON.createObjectNode();
        view.put("notificationId", delivery.id().encoded());
        view.put("subscriptionId", delivery.id().endpointId());
        view.put("status", Where.word(delivery.status()));
        view.put("createdDate", time(delivery.id().eventId().receivedAt()));
        view.put("updatedDate", time(delivery.updatedAt()));
        return view;
    }

    /**
     * The same, with what it is about.
     *
     * @param subscription null when it is gone
     */
    static ObjectNode of(FoundDelivery delivery, ShownNotification notification, @Nullable Subscription subscription) {
        ObjectNode view = of(delivery);
        view.putRawValue("notification", new RawValue(notification.json()));
        view.set("subscription", subscription == null ? JSON.nullNode() : SubscriptionView.of(subscription));
        return view;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
