package dev.sluice.persistence.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of deliveries.
 *
 * @param deliveries those of the newest event first; may be empty although more follows
 * @param next the place that the next part begins after, or null when there is none; not always a delivery of the list
 */
public record DeliveryPage(
        List<FoundDelivery> deliveries, @Nullable DeliveryId next) {
    /** Nothing, and nothing follows. */
    public static final DeliveryPage EMPTY = new DeliveryPage(List.of(), null);

    public DeliveryPage {
        deliveries = List.copyOf(deliveries);
    }

    /**
     * The place that the next part begins after, when this one is shown up to a delivery of it.
     *
     * @param lastShown null when none of it is shown, because none of it is there any more
     */
    public @Nullable DeliveryId nextAfter(@Nullable DeliveryId lastShown) {
        boolean whole = lastShown == null
                || lastShown.equals(deliveries.get(deliveries.size() - 1).id());
        return whole ? next : lastShown;
    }
}
