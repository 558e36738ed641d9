package dev.sluice.gateway.console.event;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.persistence.search.EventCount;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.RollupRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows lists of events for whoever looks, and only then: once a second it reads the newest, and how many there have been.
 * So a second costs the same however many events it has, and intake nothing at all.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What is counted late counts for its minute, and this long after. */
    private static final Duration COUNTED = Duration.ofMinutes(3);

    private final EventLists lists;
    private final RollupRepository counts;
    private final Supplier<Instant> now;
    private final Pages pages;

    /** @param now the time, by the database's clock */
    Tail(EventLists lists, RollupRepository counts, Supplier<Instant> now, Pages pages) {
        this.lists = lists;
        this.counts = counts;
        this.now = now;
        this.pages = pages;
    }

    /** The list as HTML whenever it has changed; goes on until it is cancelled, through any error of the database. */
    Flux<String> of(LiveList list) {
        return Mono.defer(() -> look(list.filter()))
                .onErrorResume(away -> {
                    LOG.debug("A live list could not be read", away);
                    return Mono.empty();
                })
                .repeatWhen(read -> read.delayElements(EVERY))
                .scan(TailFrame::then)
                .filter(frame -> !frame.lines().isEmpty())
                .distinctUntilChanged(frame -> Map.of("lines", frame.lines(), "pace", frame.pace()))
                .concatMap(frame -> pages.fragment(list.prefix(), "events/rows", "rows", ListHandler.rows(frame)), 1);
    }

    private Mono<TailFrame> look(EventFilter filter) {
        return Mono.zip(lists.part(filter, null, ListHandler.SIZE), counted(filter), TailFrame::first);
    }

    /** Empty where the filter asks for more than what is counted. */
    private Mono<Map<Instant, Long>> counted(EventFilter filter) {
        Instant first = now.get().minus(COUNTED).truncatedTo(ChronoUnit.MINUTES);
        return filter.isCounted()
                ? read(filter, first, first.plus(COUNTED.multipliedBy(2)))
                        .collectMap(count -> first.plus(MINUTE.multipliedBy(count.slot())), EventCount::received)
                : Mono.just(Map.of());
    }

    private Flux<EventCount> read(EventFilter filter, Instant from, Instant to) {
        Long instance = filter.instanceId();
        return instance == null
                ? counts.ofAll(filter.organizationId(), from, to, MINUTE)
                : counts.ofInstance(filter.organizationId(), instance, from, to, MINUTE);
    }
}
