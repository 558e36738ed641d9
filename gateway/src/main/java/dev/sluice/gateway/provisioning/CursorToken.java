package dev.sluice.gateway.provisioning;

import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCursor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** A place in a list of instances as a token: the time of creation in microseconds and the id. */
public final class CursorToken {
    private CursorToken() {}

    /** The place of this instance. */
    public static String at(Instance instance) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instance.createdAt());
        ByteBuffer place = ByteBuffer.allocate(2 * Long.BYTES).putLong(micros).putLong(instance.id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.array());
    }

    /** The place that a token names; empty when it is none of ours. */
    public static Optional<InstanceCursor> parse(String token) {
        try {
            ByteBuffer place = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return place.remaining() == 2 * Long.BYTES
                    ? Optional.of(
                            new InstanceCursor(Instant.EPOCH.plus(place.getLong(), ChronoUnit.MICROS), place.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
