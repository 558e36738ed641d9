package dev.sluice.gateway.delivery.notification;

import java.util.List;

/**
 * The instance, as its notifications show it.
 *
 * @param tags in the order given, possibly empty
 */
public record Recipient(
        long instanceId, String name, List<String> tags, String elementKey, long organizationId, long userId) {
    public Recipient {
        tags = List.copyOf(tags);
    }
}
