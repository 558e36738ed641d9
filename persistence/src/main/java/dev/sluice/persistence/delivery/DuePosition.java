package dev.sluice.persistence.delivery;

import java.time.Instant;
import java.util.UUID;

/** A place in the order in which an endpoint's due deliveries are claimed. */
public record DuePosition(Instant dueAt, UUID eventId) {
    /** Before all others. */
    public static final DuePosition FIRST = new DuePosition(Instant.EPOCH, new UUID(0, 0));
}
