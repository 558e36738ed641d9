package dev.sluice.gateway.console.redelivery;

import dev.sluice.persistence.search.EventCount;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import dev.sluice.persistence.search.RollupRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How many events a filter means at most, by the counts there are. Nothing is counted in the log. */
final class Estimate {
    /** Up to that long by the minute, beyond by the hour. */
    private static final Duration BY_MINUTE_MAX = Duration.ofHours(2);

    private final RollupRepository counts;

    Estimate(RollupRepository counts) {
        this.counts = counts;
    }

    /**
     * The most events that can be like that.
     *
     * @param from where the filter begins
     * @param to where it ends, or now
     */
    Mono<Long> upTo(EventFilter filter, long instanceId, Instant from, Instant to) {
        ChronoUnit unit =
                Duration.between(from, to).compareTo(BY_MINUTE_MAX) > 0 ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return counts.ofInstance(
                        filter.organizationId(),
                        instanceId,
                        from.truncatedTo(unit),
                        to.truncatedTo(unit).plus(1, unit),
                        unit.getDuration())
                .reduce(0L, (sum, count) -> sum + counted(filter.status(), count));
    }

    private static long counted(@Nullable EventStatus status, EventCount count) {
        if (status == EventStatus.FAILED) {
            return count.failed();
        }
        return status == EventStatus.NOTIFIED ? count.delivered() : count.received();
    }
}
