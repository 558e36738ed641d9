package dev.sluice.gateway.console.overview;

import dev.sluice.gateway.console.chart.LastHour;
import dev.sluice.gateway.console.overview.Overview.Promise;
import dev.sluice.gateway.invariant.InvariantWatch;
import dev.sluice.gateway.invariant.Invariants;
import dev.sluice.persistence.backlog.OwnBacklogRepository;
import dev.sluice.persistence.endpoint.EndpointList;
import dev.sluice.persistence.figures.AttemptFigures;
import dev.sluice.persistence.figures.AttemptMinute;
import dev.sluice.persistence.figures.FigureRepository;
import dev.sluice.persistence.search.EventCount;
import dev.sluice.persistence.search.RollupRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gathers the figures of an organization: from counts by the minute, and from indexes that name what is not well. */
final class OverviewFigures {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RollupRepository received;
    private final FigureRepository attempts;
    private final OwnBacklogRepository backlog;
    private final EndpointList endpoints;
    private final InvariantWatch invariants;
    private final Supplier<Instant> now;

    /** @param now the time, by the database's clock */
    OverviewFigures(
            RollupRepository received,
            FigureRepository attempts,
            OwnBacklogRepository backlog,
            EndpointList endpoints,
            InvariantWatch invariants,
            Supplier<Instant> now) {
        this.received = received;
        this.attempts = attempts;
        this.backlog = backlog;
        this.endpoints = endpoints;
        this.invariants = invariants;
        this.now = now;
    }

    Mono<Overview> of(long organizationId) {
        return Mono.defer(() -> {
            Instant at = now.get();
            LastHour hour = LastHour.until(at);
            return Mono.zip(
                            received(organizationId, hour),
                            attempts(organizationId, hour),
                            backlog.ofOrganization(organizationId),
                            endpoints.trouble(organizationId))
                    .map(all -> {
                        Map<Instant, AttemptFigures> made = all.getT2();
                        AttemptFigures sum = made.values().stream().reduce(AttemptFigures.NONE, AttemptFigures::and);
                        return new Overview(
                                Overview.Received.of(hour, all.getT1()),
                                Overview.Delivered.of(hour, made, sum),
                                Overview.Answers.of(hour, made, sum),
                                Overview.Waiting.of(all.getT3(), at),
                                all.getT4(),
                                promises(invariants.latest()));
                    });
        });
    }

    private Mono<Map<Instant, Long>> received(long organizationId, LastHour hour) {
        return received.ofAll(organizationId, hour.first(), hour.end(), MINUTE)
                .collectMap(count -> hour.first().plus(MINUTE.multipliedBy(count.slot())), EventCount::received);
    }

    private Mono<Map<Instant, AttemptFigures>> attempts(long organizationId, LastHour hour) {
        return attempts.since(organizationId, List.of(AttemptMinute.ALL), hour.first())
                .collectMap(each -> each.getKey().minute(), Map.Entry::getValue);
    }

    /** How far they are from holding is for the operator, whose gauges say it: it would tell of other organizations. */
    private static List<Promise> promises(@Nullable Invariants latest) {
        return latest == null
                ? List.of()
                : List.of(
                        new Promise("What is due is taken up within half a minute", latest.dueUnclaimed() == 0),
                        new Promise(
                                "Every delivery of a stored event is ended, owed or under way",
                                latest.unaccounted() == 0),
                        new Promise(
                                "What every attempt came to is written down", latest.attemptsWithoutOutcome() == 0));
    }
}
