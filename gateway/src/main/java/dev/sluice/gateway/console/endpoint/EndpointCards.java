package dev.sluice.gateway.console.endpoint;

import dev.sluice.gateway.console.chart.LastHour;
import dev.sluice.persistence.backlog.EndpointBacklog;
import dev.sluice.persistence.backlog.OwnBacklogRepository;
import dev.sluice.persistence.endpoint.ListedEndpoint;
import dev.sluice.persistence.figures.AttemptFigures;
import dev.sluice.persistence.figures.FigureRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Gathers what the cards of endpoints show: for all of a page in one question each. */
final class EndpointCards {
    private final FigureRepository figures;
    private final OwnBacklogRepository backlog;
    private final Supplier<Instant> now;

    /** @param now the time, by the database's clock */
    EndpointCards(FigureRepository figures, OwnBacklogRepository backlog, Supplier<Instant> now) {
        this.figures = figures;
        this.backlog = backlog;
        this.now = now;
    }

    Mono<List<EndpointCard>> of(long organizationId, List<ListedEndpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return Mono.just(List.of());
        }
        List<Long> ids = endpoints.stream().map(ListedEndpoint::id).toList();
        LastHour hour = LastHour.until(now.get());
        return Mono.zip(
                        figures.since(organizationId, ids, hour.first()).collectList(),
                        backlog.ofEndpoints(ids).collectMap(EndpointBacklog::endpointId))
                .map(both -> {
                    Map<Long, Map<Instant, AttemptFigures>> minutes = both.getT1().stream()
                            .collect(Collectors.groupingBy(
                                    each -> each.getKey().endpointId(),
                                    Collectors.toMap(each -> each.getKey().minute(), Map.Entry::getValue)));
                    return endpoints.stream()
                            .map(each -> EndpointCard.of(
                                    each,
                                    both.getT2().getOrDefault(each.id(), new EndpointBacklog(each.id(), 0, null)),
                                    Health.of(hour, minutes.getOrDefault(each.id(), Map.of()))))
                            .toList();
                });
    }
}
