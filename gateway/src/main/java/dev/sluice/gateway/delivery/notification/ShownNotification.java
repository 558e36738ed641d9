package dev.sluice.gateway.delivery.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import java.nio.charset.StandardCharsets;

/**
 * A notification as the API shows it: what its endpoint is sent, and how it stands.
 *
 * @param json an object
 */
public record ShownNotification(DeliveryId id, String json) {

    /**
     * Writes it. It is active as long as it can be shown at all: its event has not left retention.
     *
     * @throws IllegalArgumentException if the event has no such part
     */
    public static ShownNotification of(
            DeliveryId id, DeliverableEvent event, Recipient recipient, boolean acknowledged) {
        byte[] bytes = NotificationWriter.write(id, event, recipient, json -> {
                    json.writeStringProperty("from", "sluice");
                    json.writeBooleanProperty("active", true);
                    json.writeBooleanProperty("acknowledged", acknowledged);
                })
                .toByteArray();
        return new ShownNotification(id, new String(bytes, StandardCharsets.UTF_8));
    }
}
