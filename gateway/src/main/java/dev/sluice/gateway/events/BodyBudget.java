package dev.sluice.gateway.events;

import dev.sluice.persistence.eventlog.StoredEvent;

/** How much of a list's events fits into one answer. For one subscriber. */
final class BodyBudget {
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private long bytes;

    /** Whether the list ends with this event. */
    boolean isSpentBy(StoredEvent event) {
        bytes += event.body().length();
        return isSpent();
    }

    boolean isSpent() {
        return bytes >= BYTES_MAX;
    }
}
