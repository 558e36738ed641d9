package dev.sluice.gateway.console.event;

import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.eventlog.EventSummary;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventSearch;
import dev.sluice.persistence.search.FoundEvent;
import dev.sluice.persistence.search.FoundPage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds parts of lists of events, and what a line of each shows. */
public final class EventLists {
    private static final int INSTANCES_AT_ONCE = 4;

    private final EventSearch search;
    private final EventRepository events;
    private final InstanceCache instances;

    public EventLists(EventSearch search, EventRepository events, InstanceCache instances) {
        this.search = search;
        this.events = events;
        this.instances = instances;
    }

    /**
     * A part of a list.
     *
     * @param next where the next part begins; empty when there is none
     */
    public record Part(List<EventLine> lines, String next) {
        /** Where no event can be like that. */
        public static final Part NOTHING = new Part(List.of(), "");
    }

    /** The part of the list that begins after that place. */
    public Mono<Part> part(EventFilter filter, @Nullable UUID after, int size) {
        return search.page(filter, after, size)
                .flatMap(page ->
                        lines(filter.organizationId(), page.events()).map(lines -> new Part(lines, next(page))));
    }

    private static String next(FoundPage page) {
        UUID next = page.next();
        return next == null ? "" : next.toString();
    }

    private Mono<List<EventLine>> lines(long organizationId, List<FoundEvent> found) {
        List<EventId> ids = found.stream().map(FoundEvent::id).toList();
        Mono<Map<EventId, EventSummary>> summaries =
                ids.isEmpty() ? Mono.just(Map.of()) : events.summaries(ids).collectMap(EventSummary::id);
        Mono<Map<Long, String>> names = Flux.fromIterable(
                        ids.stream().map(EventId::instanceId).distinct().toList())
                .flatMap(instances::find, INSTANCES_AT_ONCE)
                .filter(instance -> instance.organizationId() == organizationId)
                .collectMap(Instance::id, Instance::name);
        return Mono.zip(summaries, names)
                .map(both -> found.stream()
                        .map(each -> EventLine.of(
                                each,
                                both.getT1().get(each.id()),
                                both.getT2().getOrDefault(each.id().instanceId(), "deleted instance")))
                        .toList());
    }
}
