package dev.sluice.persistence.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are looked for. What is null does not matter.
 *
 * @param organizationId whose
 * @param instanceIds of these instances' events, at most 20
 * @param url to endpoints that have this URL now
 * @param over only those that nothing follows by itself, and whose endpoint could get them again
 */
public record DeliveryFilter(
        long organizationId,
        @Nullable List<Long> instanceIds,
        @Nullable DeliveryStatus status,
        @Nullable String url,
        boolean over) {
    /** The most instances that one list is made of. */
    public static final int INSTANCES_MAX = 20;

    /** Each has a list of its open events by each status: more would be more to read than all of the organization's. */
    private static final int OPEN_INSTANCES_MAX = 5;

    public DeliveryFilter {
        instanceIds = instanceIds == null ? null : List.copyOf(instanceIds);
        if (instanceIds != null && instanceIds.size() > INSTANCES_MAX) {
            throw new IllegalArgumentException(
                    "instanceIds: " + instanceIds.size() + " (expected: at most " + INSTANCES_MAX + ")");
        }
    }

    /** All deliveries of these instances. */
    public static DeliveryFilter ofInstances(long organizationId, List<Long> instanceIds) {
        return new DeliveryFilter(organizationId, instanceIds, null, null, false);
    }

    /** How many instances may lead to what is looked for; of more, all of the organization's events do. */
    public int instancesMax() {
        return eventStatuses().isEmpty() ? INSTANCES_MAX : OPEN_INSTANCES_MAX;
    }

    /** The events that such a delivery may be one of, by their status; empty when that says nothing. */
    List<String> eventStatuses() {
        if (over) {
            return List.of("FAILED");
        }
        if (status == null || status == DeliveryStatus.DELIVERED) {
            return List.of();
        }
        return switch (status) {
            case FAILED -> List.of("FAILED");
            case RETRY -> List.of("DISPATCHED", "FAILED");
            default -> List.of("RECEIVED", "DISPATCHED", "FAILED");
        };
    }

    /** Whether an event can only have such a delivery while it is owed to somebody. */
    boolean unfinished() {
        return status == DeliveryStatus.RETRY || status == DeliveryStatus.CREATED;
    }

    /** Whether the log's own key leads to the events. */
    boolean leadsByLog() {
        return instanceIds != null && eventStatuses().isEmpty();
    }

    /** Whether every delivery of an event is looked for. */
    boolean takesAll() {
        return status == null && url == null && !over;
    }
}
