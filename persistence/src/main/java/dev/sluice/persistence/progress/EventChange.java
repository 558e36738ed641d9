package dev.sluice.persistence.progress;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By how much an event has come further. The first change of an event, which may be by nothing, makes it searchable.
 *
 * @param eventId the time-ordered part of its id
 * @param receivedAt as in its id, to the microsecond
 * @param added deliveries that it did not owe before
 * @param delivered deliveries that ended delivered; negative when such are owed again
 * @param failed deliveries that ended otherwise; negative when such are owed again
 * @param attempted whether an attempt was made
 * @param first the event itself, when nothing is known to have happened to it before; null when something may have, or
 *     only the log has it
 */
public record EventChange(
        UUID eventId,
        long instanceId,
        Instant receivedAt,
        int added,
        int delivered,
        int failed,
        boolean attempted,
        @Nullable Findable first) {

    /** A change of an event that something may have happened to before. */
    public EventChange(
            UUID eventId,
            long instanceId,
            Instant receivedAt,
            int added,
            int delivered,
            int failed,
            boolean attempted) {
        this(eventId, instanceId, receivedAt, added, delivered, failed, attempted, null);
    }

    /** It is there, and nothing else has happened. */
    public static EventChange none(UUID eventId, long instanceId, Instant receivedAt) {
        return new EventChange(eventId, instanceId, receivedAt, 0, 0, 0, false);
    }

    /** Both changes of one event. */
    public EventChange and(EventChange other) {
        return new EventChange(
                eventId,
                instanceId,
                receivedAt,
                added + other.added,
                delivered + other.delivered,
                failed + other.failed,
                attempted || other.attempted);
    }

    /** The same, not taken for the first. */
    EventChange asLater() {
        return first == null
                ? this
                : new EventChange(eventId, instanceId, receivedAt, added, delivered, failed, attempted);
    }
}
