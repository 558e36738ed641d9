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

    /** Whether every delivery of an event is looked for. */
    boolean takesAll() {
        return status == null && url == null && !over;
    }
}
