package dev.sluice.persistence.redelivery;

import java.util.List;
import java.util.UUID;

/**
 * A job's next events.
 *
 * @param events the oldest first; may be empty although more follows
 * @param end the place up to which all was looked at
 * @param last whether nothing follows
 */
public record Portion(List<RedeliverableEvent> events, UUID end, boolean last) {
    public Portion {
        events = List.copyOf(events);
    }
}
