package dev.sluice.gateway.events;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Reads a list's filters: {@code from}, {@code to}, {@code status}, {@code elementKey}, {@code objectType}, {@code objectId}, {@code idText}, {@code eventType}. */
public final class EventQuery {
    /** The original's words that no event of ours ever has. */
    private static final List<String> NEVER_SEEN = List.of("NEW", "CONSUMED");

    private static final String STATUSES =
            Arrays.stream(EventStatus.values()).map(Enum::name).collect(Collectors.joining(", "));

    private EventQuery() {}

    /**
     * What the request asks for.
     *
     * @param instanceId of one instance, or null for all
     * @return empty when no event can be like that
     */
    public static Optional<EventFilter> of(ServerRequest request, long organizationId, @Nullable Long instanceId) {
        Optional<String> status = word(request, "status").map(given -> given.toUpperCase(Locale.ROOT));
        if (status.filter(NEVER_SEEN::contains).isPresent()) {
            return Optional.empty();
        }
        Optional<Instant> from = instant(request, "from");
        Optional<Instant> to = instant(request, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new BadRequestException("from", from.get() + ", which is after to", "a time before " + to.get());
        }
        return Optional.of(new EventFilter(
                organizationId,
                instanceId,
                from.orElse(null),
                to.orElse(null),
                status.map(EventQuery::status).orElse(null),
                word(request, "elementKey").orElse(null),
                word(request, "objectType").orElse(null),
                word(request, "objectId").orElse(null),
                word(request, "idText").orElse(null),
                word(request, "eventType").orElse(null)));
    }

    private static Optional<String> word(ServerRequest request, String name) {
        return request.queryParam(name).map(String::strip).filter(given -> !given.isEmpty());
    }

    /** A status by its name. */
    public static EventStatus status(String given) {
        try {
            return EventStatus.valueOf(given);
        } catch (IllegalArgumentException unknown) {
            throw new BadRequestException("status: " + given + " (expected: one of " + STATUSES + ")", unknown);
        }
    }

    /** The number in {@code instanceId}, if it is given. */
    static Optional<Long> instanceId(ServerRequest request) {
        return word(request, "instanceId").map(given -> {
            try {
                return Long.valueOf(given);
            } catch (NumberFormatException notANumber) {
                throw new BadRequestException("instanceId: not a number (expected: an instance's id)", notANumber);
            }
        });
    }

    static Optional<Instant> instant(ServerRequest request, String name) {
        return word(request, name).map(given -> instant(name, given));
    }

    /** Reads a time of a field of that name: ISO 8601 with a zone. A plus sign may have become a blank on its way. */
    public static Instant instant(String name, String given) {
        try {
            return OffsetDateTime.parse(given.replace(' ', '+')).toInstant();
        } catch (DateTimeException notATime) {
            throw new BadRequestException(
                    name + ": " + given + " (expected: a time such as 2026-03-05T10:11:12Z)", notATime);
        }
    }
}
