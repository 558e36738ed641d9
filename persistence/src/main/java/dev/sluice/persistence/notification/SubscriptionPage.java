package dev.sluice.persistence.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of subscriptions.
 *
 * @param subscriptions may be empty although more follows
 * @param next the place that the next part begins after, or null when there is none
 */
public record SubscriptionPage(
        List<Subscription> subscriptions, @Nullable Place next) {
    public SubscriptionPage {
        subscriptions = List.copyOf(subscriptions);
    }

    /** A place in the list, which is in order of the instances' creation, then of the endpoints'. */
    public record Place(Instant instanceCreatedAt, long instanceId, long endpointId) {
        /** Before all. */
        public static final Place FIRST = new Place(Instant.EPOCH, 0, 0);

        /** The place of this subscription. */
        public static Place of(Subscription subscription) {
            return new Place(subscription.instanceCreatedAt(), subscription.instanceId(), subscription.id());
        }
    }
}
