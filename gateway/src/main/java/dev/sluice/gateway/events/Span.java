package dev.sluice.gateway.events;

import dev.sluice.gateway.error.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A stretch of time cut into slots of equal length.
 *
 * @param from where the first slot begins, on a whole minute; on a whole hour where slots are that long
 * @param slots how many, 1 to 11,000; the last one holds the time up to which was asked
 */
record Span(Instant from, Duration slot, int slots) {
    private static final int SLOTS_MAX = 11_000;
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Reads {@code from}, {@code to} and {@code interval}: the last hour by the minute, unless said otherwise.
     *
     * @param now when nothing else is said, the end
     */
    static Span of(ServerRequest request, Instant now) {
        Instant to = EventQuery.instant(request, "to").orElse(now);
        Instant from = EventQuery.instant(request, "from").orElseGet(() -> to.minus(HOUR));
        if (from.isAfter(to)) {
            throw new BadRequestException("from", from + ", which is after to", "a time before " + to);
        }
        Duration slot = slot(request.queryParam("interval").orElse("minute"));
        Instant first = from.truncatedTo(slot.compareTo(HOUR) < 0 ? ChronoUnit.MINUTES : ChronoUnit.HOURS);
        long slots = Duration.between(first, to).dividedBy(slot) + 1;
        if (slots > SLOTS_MAX) {
            throw new BadRequestException(
                    "interval", "too fine for this time: " + slots + " rows", "at most " + SLOTS_MAX);
        }
        return new Span(first, slot, (int) slots);
    }

    private static Duration slot(String interval) {
        return switch (interval.toLowerCase(Locale.ROOT)) {
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            case "week" -> Duration.ofDays(7);
            default -> throw new BadRequestException("interval", interval, "minute, hour, day or week");
        };
    }

    /** Where a slot begins. */
    Instant begin(long slotIndex) {
        return from.plus(slot.multipliedBy(slotIndex));
    }

    /** Where the last slot ends. */
    Instant end() {
        return begin(slots);
    }
}
