package dev.sluice.gateway.events;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.persistence.search.EventCount;
import dev.sluice.persistence.search.RollupRepository;
import dev.sluice.persistence.search.TooManyCountsException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves how many events there were: one row for each slot of time, also where there were none. */
final class AnalyticsHandler {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RollupRepository rollups;
    private final Clock clock;

    AnalyticsHandler(RollupRepository rollups, Clock clock) {
        this.rollups = rollups;
        this.clock = clock;
    }

    /** {@code GET /instances/events/analytics}: rows of {@code {timestamp, count}}. */
    Mono<ServerResponse> totals(ServerRequest request) {
        return answer(
                request,
                (caller, span) -> counts(request, caller, span, false),
                (counts, row) -> row.put(
                        "count", counts.stream().mapToLong(EventCount::received).sum()));
    }

    /** {@code GET /instances/events/analytics/instances}: with a record for each instance that had any. */
    Mono<ServerResponse> byInstance(ServerRequest request) {
        return answer(
                request,
                (caller, span) -> counts(request, caller, span, true),
                (counts, row) -> records(counts, row, "instanceId", EventCount::instanceId));
    }

    /** {@code GET /instances/events/analytics/accounts}: an organization is one account, the caller's. */
    Mono<ServerResponse> byAccount(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            requireOwn(request, caller.organizationId());
            return answer(
                    request,
                    (same, span) -> counts(request, same, span, false),
                    (counts, row) -> records(counts, row, "accountId", count -> caller.organizationId()));
        });
    }

    private static void requireOwn(ServerRequest request, long organizationId) {
        boolean foreign = Stream.of("accountIds[]", "accountIds")
                .flatMap(name -> request.queryParams().getOrDefault(name, List.of()).stream())
                .anyMatch(id -> !id.equals(String.valueOf(organizationId)));
        if (foreign) {
            throw new ForbiddenException("accountIds: one that is not the caller's (expected: " + organizationId + ")");
        }
    }

    private Flux<EventCount> counts(ServerRequest request, Caller caller, Span span, boolean byInstance) {
        long organization = caller.organizationId();
        Long instanceId = EventQuery.instanceId(request).orElse(null);
        if (instanceId != null) {
            return rollups.ofInstance(organization, instanceId, span.from(), span.end(), span.slot());
        }
        return byInstance
                ? rollups.byInstance(organization, span.from(), span.end(), span.slot())
                        .onErrorMap(TooManyCountsException.class, AnalyticsHandler::tooMany)
                : rollups.ofAll(organization, span.from(), span.end(), span.slot());
    }

    private static BadRequestException tooMany(TooManyCountsException cause) {
        return new BadRequestException(
                "interval: too many records (expected: at most " + RollupRepository.COUNTS_MAX
                        + "; a longer interval, a shorter time, or one instanceId)",
                cause);
    }

    private Mono<ServerResponse> answer(
            ServerRequest request,
            BiFunction<Caller, Span, Flux<EventCount>> read,
            BiFunction<Collection<EventCount>, ObjectNode, ObjectNode> fill) {
        return Caller.of(request).flatMap(caller -> {
            Span span = Span.of(request, clock.instant());
            return read.apply(caller, span)
                    .collectMultimap(EventCount::slot)
                    .map(bySlot -> rows(span, bySlot, fill))
                    .flatMap(rows -> ServerResponse.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(rows));
        });
    }

    private static List<ObjectNode> rows(
            Span span,
            Map<Long, Collection<EventCount>> bySlot,
            BiFunction<Collection<EventCount>, ObjectNode, ObjectNode> fill) {
        return LongStream.range(0, span.slots())
                .mapToObj(slot -> fill.apply(
                        bySlot.getOrDefault(slot, List.of()),
                        JSON.createObjectNode()
                                .put("timestamp", span.begin(slot).toString())))
                .toList();
    }

    private static ObjectNode records(
            Collection<EventCount> counts, ObjectNode row, String idName, ToLongFunction<EventCount> id) {
        row.put("total", counts.stream().mapToLong(EventCount::received).sum());
        ArrayNode records = row.putArray("records");
        for (EventCount count : counts) {
            records.addObject()
                    .put("count", count.received())
                    .put("success", count.delivered())
                    .put("failed", count.failed())
                    .put(idName, id.applyAsLong(count));
        }
        return row;
    }
}
