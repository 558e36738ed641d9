package dev.sluice.gateway.events;

import dev.sluice.persistence.attempt.AttemptPlace;
import dev.sluice.persistence.delivery.Attempt;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** A place in a list of attempts as a token: time in microseconds, endpoint, part and number. */
final class AttemptToken {
    private static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private AttemptToken() {}

    static String at(Attempt attempt) {
        ByteBuffer place = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, attempt.at()))
                .putLong(attempt.delivery().endpointId())
                .putInt(attempt.delivery().part())
                .putInt(attempt.number());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.array());
    }

    static Optional<AttemptPlace> parse(String token) {
        try {
            ByteBuffer place = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return place.remaining() == BYTES
                    ? Optional.of(new AttemptPlace(
                            Instant.EPOCH.plus(place.getLong(), ChronoUnit.MICROS),
                            place.getLong(),
                            place.getInt(),
                            place.getInt()))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
