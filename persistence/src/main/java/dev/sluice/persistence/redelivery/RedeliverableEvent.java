package dev.sluice.persistence.redelivery;

import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.StoredEvent;
import java.util.List;

/**
 * An event without its body: all that is needed to owe it again.
 *
 * @param endpointIds to whom it was owed as of its commit
 * @param parts notifications an endpoint
 */
public record RedeliverableEvent(EventId id, List<Long> endpointIds, int parts) {
    public RedeliverableEvent {
        endpointIds = List.copyOf(endpointIds);
    }

    public static RedeliverableEvent of(StoredEvent event) {
        return new RedeliverableEvent(event.id(), event.endpointIds(), event.parts());
    }
}
