package dev.sluice.persistence.delivery;

import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one delivery, and with it its notification: the same for ever and on every node, because it is made of what it
 * names.
 *
 * @param eventId the event
 * @param endpointId to whom
 * @param part which 20 items of the event, from 0
 */
public record DeliveryId(EventId eventId, long endpointId, int part) {
    private static final int BYTES = 36;

    /** That of a row with these four columns. */
    public static DeliveryId of(Readable row) {
        EventId event = new EventId(row.get("instance_id", Long.class), row.get("event_id", UUID.class));
        return new DeliveryId(event, row.get("endpoint_id", Long.class), row.get("part", Integer.class));
    }

    /** The notification's public id, which is also its {@code webhook-id}: 48 characters, safe in URLs and headers. */
    public String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(eventId.instanceId())
                .putLong(eventId.id().getMostSignificantBits())
                .putLong(eventId.id().getLeastSignificantBits())
                .putLong(endpointId)
                .putInt(part);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads a notification's public id; empty when it is none of ours. */
    public static Optional<DeliveryId> parse(String encoded) {
        if (encoded.length() != BYTES / 3 * 4) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            EventId event = new EventId(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
            return Optional.of(new DeliveryId(event, bytes.getLong(), bytes.getInt()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return encoded();
    }
}
