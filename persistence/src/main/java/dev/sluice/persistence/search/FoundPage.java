package dev.sluice.persistence.search;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param events the newest first; may be empty although more follows
 * @param next the place that the next part begins after, or null when there is none
 */
public record FoundPage(List<FoundEvent> events, @Nullable UUID next) {
    public FoundPage {
        events = List.copyOf(events);
    }
}
