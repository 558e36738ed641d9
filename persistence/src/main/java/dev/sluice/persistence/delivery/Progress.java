package dev.sluice.persistence.delivery;

import java.util.UUID;

/**
 * How far an event's deliveries have come.
 *
 * @param attempts rows in the attempt log, endings included
 * @param delivered deliveries that the callback took
 * @param ended deliveries after which nothing follows, delivered or not
 */
public record Progress(UUID eventId, long attempts, long delivered, long ended) {
    /** Of an event without any attempt. */
    public static Progress none(UUID eventId) {
        return new Progress(eventId, 0, 0, 0);
    }
}
