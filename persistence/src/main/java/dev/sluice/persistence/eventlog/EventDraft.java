package dev.sluice.persistence.eventlog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verified, normalised webhook on its way into the log.
 *
 * @param organizationId whose it is
 * @param instanceId for which of its instances
 * @param endpointIds to whom it is owed from its commit on; empty for nobody
 * @param contentType the media type as received, possibly empty
 * @param headers the request headers worth keeping
 * @param body the bytes as received; shared, never changed
 * @param items what happened
 * @param dedupe how a repeat is known
 * @param failure why normalising failed, or null
 * @param ordered whether what its endpoints get of one object shall arrive in the order in which it came
 */
public record EventDraft(
        long organizationId,
        long instanceId,
        List<Long> endpointIds,
        String contentType,
        Map<String, String> headers,
        Body body,
        List<EventItem> items,
        Dedupe dedupe,
        @Nullable String failure,
        boolean ordered) {
    /** The most items one notification carries. */
    public static final int ITEMS_PER_PART = 20;

    public EventDraft {
        endpointIds = List.copyOf(endpointIds);
        headers = Map.copyOf(headers);
        items = List.copyOf(items);
    }

    /** One whose endpoints do not mind the order. */
    public EventDraft(
            long organizationId,
            long instanceId,
            List<Long> endpointIds,
            String contentType,
            Map<String, String> headers,
            Body body,
            List<EventItem> items,
            Dedupe dedupe,
            @Nullable String failure) {
        this(organizationId, instanceId, endpointIds, contentType, headers, body, items, dedupe, failure, false);
    }
}
