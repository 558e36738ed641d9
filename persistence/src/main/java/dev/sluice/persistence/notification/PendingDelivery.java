package dev.sluice.persistence.notification;

import dev.sluice.persistence.delivery.DeliveryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of an event that is still owed.
 *
 * @param attempts how many were made
 * @param dueAt when the next may be made; null while it is parked, because its endpoint is not called now
 * @param behind whether another notification of the same object has to arrive before
 */
public record PendingDelivery(
        DeliveryId id, int attempts, @Nullable Instant dueAt, boolean behind) {}
