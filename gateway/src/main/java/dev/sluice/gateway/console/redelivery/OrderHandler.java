package dev.sluice.gateway.console.redelivery;

import static dev.sluice.gateway.console.event.EventFilters.given;

import dev.sluice.gateway.console.event.EventFilters;
import dev.sluice.gateway.console.event.EventLine;
import dev.sluice.gateway.console.event.EventLists;
import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import dev.sluice.persistence.search.EventFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Says what a list's filters would send again, and orders it. */
final class OrderHandler {
    private static final String PATH = "/console/events/redeliver";
    private static final int SAMPLE = 5;
    private static final int NEWEST = 50;

    /** Where a list has no beginning: nobody means all that was ever received. */
    private static final Duration USUAL = Duration.ofDays(1);

    private final InstanceRepository instances;
    private final EventLists lists;
    private final Estimate estimate;
    private final RedeliveryJobRepository jobs;
    private final Pages pages;
    private final Clock clock;

    OrderHandler(
            InstanceRepository instances,
            EventLists lists,
            Estimate estimate,
            RedeliveryJobRepository jobs,
            Pages pages,
            Clock clock) {
        this.instances = instances;
        this.lists = lists;
        this.estimate = estimate;
        this.jobs = jobs;
        this.pages = pages;
        this.clock = clock;
    }

    /** An instance and which of its events. */
    private record Meant(Instance instance, EventFilter filter) {}

    /** {@code GET /console/events/redeliver}, with the filters of the list: what they mean. */
    Mono<ServerResponse> confirm(ServerRequest request) {
        return Visitor.of(request).flatMap(visitor -> {
            if (given(request, "instance").isEmpty()) {
                return choose(request, visitor);
            }
            if (given(request, "from").isEmpty()) {
                Instant from = clock.instant().minus(USUAL).truncatedTo(ChronoUnit.SECONDS);
                return Pages.goTo(PATH + "?" + EventFilters.query(request) + "&from=" + from);
            }
            return meant(request, visitor).flatMap(meant -> confirm(request, meant));
        });
    }

    private Mono<ServerResponse> confirm(ServerRequest request, Meant meant) {
        EventFilter filter = meant.filter();
        Instant from = Objects.requireNonNull(filter.from());
        Instant to = Objects.requireNonNullElseGet(filter.to(), clock::instant);
        return Mono.zip(
                        lists.part(filter, null, SAMPLE),
                        estimate.upTo(filter, meant.instance().id(), from, to))
                .flatMap(both ->
                        pages.show(request, "redeliveries/confirm", shown(request, meant, both.getT1(), both.getT2())));
    }

    private static Map<String, Object> shown(ServerRequest request, Meant meant, EventLists.Part part, long upTo) {
        Map<String, Object> shown = new HashMap<>();
        shown.put("instance", meant.instance().name());
        shown.put("instanceId", meant.instance().id());
        shown.put("conditions", EventFilters.inWords(meant.filter()));
        shown.put("from", given(request, "from").orElse(""));
        shown.put("to", given(request, "to").orElse(""));
        shown.put("query", "?" + EventFilters.query(request));
        shown.put("kept", kept(request));
        shown.put("sample", part.lines());
        shown.put("nothing", part.lines().isEmpty() && part.next().isEmpty());
        shown.put("upTo", upTo);
        shown.put(
                "endpoints",
                meant.instance().endpoints().stream()
                        .map(each -> Map.of("url", each.url(), "held", !each.active()))
                        .toList());
        return shown;
    }

    /** All filters but the time, which the page lets one change. */
    private static Map<String, String> kept(ServerRequest request) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : EventFilters.NAMES) {
            if (!name.equals("from") && !name.equals("to")) {
                given(request, name).ifPresent(value -> kept.put(name, value));
            }
        }
        return kept;
    }

    /** Which instances the newest of these events are of: an order is about one. */
    private Mono<ServerResponse> choose(ServerRequest request, Visitor visitor) {
        return Mono.justOrEmpty(EventFilters.of(request, visitor))
                .flatMap(filter -> lists.part(filter, null, NEWEST))
                .defaultIfEmpty(EventLists.Part.NOTHING)
                .flatMap(part ->
                        pages.show(request, "redeliveries/choose", Map.of("choices", choices(request, part.lines()))));
    }

    private static List<Map<String, Object>> choices(ServerRequest request, List<EventLine> newest) {
        Map<Long, String> names = new LinkedHashMap<>();
        newest.forEach(line -> names.put(line.instanceId(), line.instance()));
        String query = EventFilters.query(request);
        return names.entrySet().stream()
                .map(each -> Map.<String, Object>of(
                        "name",
                        each.getValue(),
                        "query",
                        "?instance=" + each.getKey() + (query.isEmpty() ? "" : "&" + query)))
                .toList();
    }

    /** {@code POST /console/events/redeliver}, with the filters in the address: orders it. */
    Mono<ServerResponse> order(ServerRequest request) {
        if (given(request, "from").isEmpty()) {
            throw new BadRequestException("from", "missing", "since when events are to be sent again");
        }
        return Visitor.of(request)
                .flatMap(visitor -> meant(request, visitor))
                .flatMap(meant -> jobs.create(meant.filter(), meant.instance().id()))
                .flatMap(job -> Pages.goTo("/console/instances/" + job.instanceId() + "/redeliveries/" + job.id()));
    }

    private Mono<Meant> meant(ServerRequest request, Visitor visitor) {
        EventFilter filter = EventFilters.of(request, visitor).orElseThrow(OrderHandler::nothing);
        Long instanceId = filter.instanceId();
        if (instanceId == null) {
            throw new BadRequestException("instance", "missing", "whose events are to be sent again");
        }
        return instances
                .find(visitor.organizationId(), instanceId)
                .switchIfEmpty(Mono.error(() -> new NotFoundException("There is no such instance.")))
                .map(instance -> {
                    if (!filter.allows(instance.elementKey())) {
                        throw nothing();
                    }
                    return new Meant(instance, filter);
                });
    }

    private static BadRequestException nothing() {
        return new BadRequestException("No event of this instance can be like that.");
    }
}
