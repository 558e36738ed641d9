package dev.sluice.gateway.notifications;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.persistence.notification.DeliveryStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which deliveries are meant: the parameter {@code where}.
 *
 * @param nothing whether no delivery of ours can be like that: of another channel, or in a state that ours never have
 * @param status null for any
 * @param url the subscription's {@code config.url}; null for any
 */
record Where(
        boolean nothing,
        @Nullable DeliveryStatus status,
        @Nullable String url) {
    static final Where ANY = new Where(false, null, null);

    private static final String WEBHOOK = "webhook";
    private static final List<String> CHANNELS = List.of(WEBHOOK, "email", "sms", "push");

    /** The original's word for what other channels than webhooks come to. */
    private static final String NOTIFIED = "notified";

    private static final Set<DeliveryStatus> SENDABLE =
            EnumSet.of(DeliveryStatus.RETRY, DeliveryStatus.QUEUED, DeliveryStatus.FAILED);

    /**
     * Reads the parameter.
     *
     * @return {@link #ANY} when there is none
     * @throws BadRequestException saying what was found at which column, and what is expected
     */
    static Where of(ServerRequest request) {
        return request.queryParam("where")
                .filter(given -> !given.isBlank())
                .map(given -> of(new WhereClause(given)))
                .orElse(ANY);
    }

    static Where of(WhereClause clause) {
        boolean nothing = false;
        DeliveryStatus status = null;
        String url = null;
        for (WhereClause.Condition condition : clause.conditions()) {
            switch (condition.field()) {
                case CHANNEL -> nothing |= !channel(condition).equals(WEBHOOK);
                case STATUS -> {
                    status = status(condition);
                    nothing |= status == null;
                }
                case URL -> url = condition.value();
            }
        }
        return new Where(nothing, status, url);
    }

    private static String channel(WhereClause.Condition condition) {
        String channel = condition.value().toLowerCase(Locale.ROOT);
        if (!CHANNELS.contains(channel)) {
            throw condition.refused(String.join(", ", CHANNELS));
        }
        return channel;
    }

    /** Null for the one word that no delivery of ours is ever in. */
    private static @Nullable DeliveryStatus status(WhereClause.Condition condition) {
        String word = condition.value().toLowerCase(Locale.ROOT);
        if (word.equals(NOTIFIED)) {
            return null;
        }
        return Arrays.stream(DeliveryStatus.values())
                .filter(status -> word(status).equals(word))
                .findFirst()
                .orElseThrow(() -> condition.refused(
                        Stream.concat(Arrays.stream(DeliveryStatus.values()).map(Where::word), Stream.of(NOTIFIED))
                                .collect(Collectors.joining(", "))));
    }

    /** A status as lists show it. */
    static String word(DeliveryStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The same, of an order to send: without a status, what is queued.
     *
     * @throws BadRequestException when it names nothing, or what needs no sending
     */
    static Where toBeSent(ServerRequest request) {
        Where where = of(request);
        if (where.equals(ANY)) {
            throw new BadRequestException(
                    "where", "nothing", "what is to be sent, such as channel='webhook' and status='queued'");
        }
        DeliveryStatus status = Objects.requireNonNullElse(where.status(), DeliveryStatus.QUEUED);
        if (!SENDABLE.contains(status)) {
            throw new BadRequestException(
                    "where",
                    "status '" + word(status) + "'",
                    "one of what waits or has failed: "
                            + SENDABLE.stream().map(Where::word).collect(Collectors.joining(", "))
                            + "; POST /instances/{id}/events/{eventId}/redeliver sends any event again");
        }
        return new Where(where.nothing(), status, where.url());
    }
}
