package dev.sluice.persistence.instance;

import java.time.Instant;

/** A place in a list of instances, which is in order of creation. The next page begins after it. */
public record InstanceCursor(Instant createdAt, long id) {
    /** The place of this instance. */
    public static InstanceCursor at(Instance instance) {
        return new InstanceCursor(instance.createdAt(), instance.id());
    }
}
