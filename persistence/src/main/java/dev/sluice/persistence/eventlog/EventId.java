package dev.sluice.persistence.eventlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one event and holds all that finds its row: the instance and a time-ordered id.
 *
 * <p>The id is a UUID of version 7: 48 bits of milliseconds, 10 bits of microseconds within, 22 bits of epoch and 40 bits
 * of sequence. So it sorts by time within an instance, and the time of receipt
 * is read from it to the microsecond.
 *
 * @param instanceId the instance, 0 to 2^53
 * @param id time, epoch and sequence
 */
public record EventId(long instanceId, UUID id) {
    private static final int SEQUENCE_BITS = 40;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long EPOCH_MASK = (1L << 22) - 1;
    private static final int MICROS_PER_MILLI = 1_000;
    private static final int BYTES = 24;

    /**
     * Makes the id of the event that an epoch numbered.
     *
     * @param receivedAt the database's time, cut to microseconds
     * @param epoch 0 to 2^22 - 1
     * @param sequence 0 to 2^40 - 1
     */
    public static EventId of(long instanceId, Instant receivedAt, int epoch, long sequence) {
        long micros = receivedAt.get(ChronoField.MICRO_OF_SECOND) % MICROS_PER_MILLI;
        long high = (receivedAt.toEpochMilli() << 16) | 0x7000L | (micros << 2);
        long low = 0x8000_0000_0000_0000L | ((long) epoch << SEQUENCE_BITS) | (sequence & SEQUENCE_MASK);
        return new EventId(instanceId, new UUID(high, low));
    }

    /** When the webhook was received, by the database's clock, to the microsecond. */
    public Instant receivedAt() {
        return receivedAt(id);
    }

    /** The time of receipt that such an id holds. */
    public static Instant receivedAt(UUID id) {
        long high = id.getMostSignificantBits();
        return Instant.ofEpochMilli(high >>> 16).plusNanos(((high >>> 2) & 0x3FF) * 1_000);
    }

    /** Below every id of that time or later, to the millisecond. */
    public static UUID earliest(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }

    /** The epoch that committed it. */
    public int epoch() {
        return (int) ((id.getLeastSignificantBits() >>> SEQUENCE_BITS) & EPOCH_MASK);
    }

    /** Its number within the epoch. */
    public long sequence() {
        return id.getLeastSignificantBits() & SEQUENCE_MASK;
    }

    /** The event's public name: 32 characters, safe in URLs. */
    public String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(instanceId)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads a public name; empty when it is none of ours. */
    public static Optional<EventId> parse(String encoded) {
        if (encoded.length() != BYTES / 3 * 4) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            EventId parsed = new EventId(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
            return parsed.instanceId >= 0 && parsed.id.version() == 7 ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return encoded();
    }
}
