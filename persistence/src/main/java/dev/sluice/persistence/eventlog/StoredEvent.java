package dev.sluice.persistence.eventlog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event read back from the log.
 *
 * @param endpointIds to whom it was owed as of its commit
 * @param parts notifications an endpoint
 * @param byObject whether each part is of one object, because its deliveries stand in lines
 * @param failure why normalising failed, or null
 */
public record StoredEvent(
        EventId id,
        List<Long> endpointIds,
        int parts,
        boolean byObject,
        String contentType,
        Map<String, String> headers,
        List<EventItem> items,
        @Nullable String failure,
        Body body) {
    public StoredEvent {
        endpointIds = List.copyOf(endpointIds);
        headers = Map.copyOf(headers);
        items = List.copyOf(items);
    }
}
