package dev.sluice.gateway.delivery.notification;

import dev.sluice.persistence.instance.Instance;
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

    /** The instance as it is now. */
    public static Recipient of(Instance instance) {
        return new Recipient(
                instance.id(),
                instance.name(),
                instance.tags(),
                instance.elementKey(),
                instance.organizationId(),
                instance.userId());
    }

    /** What all notifications of one instance have in common. */
    String topic() {
        return topic(instanceId, elementKey);
    }

    /** The topic of an instance's notifications. */
    public static String topic(long instanceId, String elementKey) {
        return "instance-" + instanceId + "-" + elementKey + "-events";
    }
}
