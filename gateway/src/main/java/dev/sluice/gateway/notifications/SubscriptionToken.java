package dev.sluice.gateway.notifications;

import dev.sluice.persistence.notification.SubscriptionPage.Place;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** A place in a list of subscriptions as a token: its instance's creation in microseconds, the instance and the endpoint. */
final class SubscriptionToken {
    private static final int BYTES = 3 * Long.BYTES;

    private SubscriptionToken() {}

    static String at(Place place) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, place.instanceCreatedAt()))
                .putLong(place.instanceId())
                .putLong(place.endpointId());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Optional<Place> parse(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return bytes.remaining() == BYTES
                    ? Optional.of(new Place(
                            Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS), bytes.getLong(), bytes.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
