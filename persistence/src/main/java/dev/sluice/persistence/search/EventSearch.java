package dev.sluice.persistence.search;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.search.SearchStatements.Way;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks events up in the order of time, the newest first. */
public final class EventSearch {
    /** How many indexes a page is looked for by. */
    private static final int WAYS_MAX = 2;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final DatabaseClient database;

    public EventSearch(Database database) {
        this.database = database.client();
    }

    /**
     * A part of the list of all events that the filter lets through.
     *
     * @param after only events older than this place, which an earlier part named; null for the first part
     * @param size 1 to 200
     */
    public Mono<FoundPage> page(EventFilter filter, @Nullable UUID after, int size) {
        return Flux.fromIterable(SearchStatements.leadingTo(filter))
                .take(WAYS_MAX)
                .concatMap(way -> page(way, filter, after, size), 0)
                .takeUntil(page -> page.events().size() == size || page.next() == null)
                .reduce(EventSearch::further);
    }

    /** No index is the best for all filters: a frequent object of a quiet instance is found by the instance. */
    private static FoundPage further(FoundPage one, FoundPage other) {
        UUID end = one.next();
        UUID otherEnd = other.next();
        if (end == null || otherEnd == null) {
            return end == null ? one : other;
        }
        return isOlder(end, otherEnd) ? one : other;
    }

    private Mono<FoundPage> page(Way way, EventFilter filter, @Nullable UUID after, int size) {
        Instant from = filter.from() == null ? Instant.EPOCH : filter.from();
        UUID before = before(filter.to(), after);
        GenericExecuteSpec statement = database.sql(way.sql())
                .bind("organization", filter.organizationId())
                .bind("from", EventId.earliest(from))
                .bind("before", before)
                .bind("fromTime", from)
                .bind("toTime", EventId.receivedAt(before))
                .bind("examined", filter.isPlain() ? size + 2 : way.examinedMax())
                .bind("limit", size + 1);
        return bindOptional(statement, filter).map(Line::of).all().collectList().map(lines -> page(lines, size));
    }

    private static UUID before(@Nullable Instant to, @Nullable UUID after) {
        UUID before = EventId.earliest(to == null || to.isAfter(LATEST) ? LATEST : to);
        return after == null || isOlder(before, after) ? before : after;
    }

    private static boolean isOlder(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high < 0
                || (high == 0
                        && Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0);
    }

    private static GenericExecuteSpec bindOptional(GenericExecuteSpec statement, EventFilter filter) {
        GenericExecuteSpec bound = statement;
        bound = bind(bound, "instance", filter.instanceId(), Long.class);
        bound = bind(
                bound,
                "status",
                filter.status() == null ? null : filter.status().name(),
                String.class);
        bound = bind(bound, "element", filter.elementKey(), String.class);
        bound = bind(bound, "objectType", filter.objectType(), String.class);
        bound = bind(bound, "objectId", filter.objectId(), String.class);
        bound = bind(bound, "idText", filter.idText(), String.class);
        return bind(bound, "eventType", filter.eventType(), String.class);
    }

    private static <T> GenericExecuteSpec bind(
            GenericExecuteSpec statement, String name, @Nullable T value, Class<T> type) {
        return value == null ? statement.bindNull(name, type) : statement.bind(name, value);
    }

    private static FoundPage page(List<Line> lines, int size) {
        List<FoundEvent> found = lines.stream()
                .filter(line -> line.event != null)
                .map(line -> requireNonNull(line.event))
                .toList();
        if (found.size() > size) {
            List<FoundEvent> shown = found.subList(0, size);
            return new FoundPage(shown, shown.get(size - 1).id().id());
        }
        UUID cut = lines.isEmpty() ? null : lines.get(0).cut;
        return new FoundPage(found, cut == null ? null : justAbove(cut));
    }

    /** The next page begins with the event at which this one was cut. */
    private static UUID justAbove(UUID cut) {
        return new UUID(cut.getMostSignificantBits(), cut.getLeastSignificantBits() + 1);
    }

    /** An event's status; {@code RECEIVED} as long as nothing is known. */
    public Mono<EventStatus> status(long organizationId, EventId event) {
        return database.sql(SearchStatements.STATUS)
                .bind("organization", organizationId)
                .bind("event", event.id())
                .bind("receivedAt", event.receivedAt())
                .map(row -> EventStatus.valueOf(row.get("status", String.class)))
                .one()
                .defaultIfEmpty(EventStatus.RECEIVED);
    }

    /** A row of an answer: an event, or none when nothing matched. */
    private record Line(
            @Nullable FoundEvent event, @Nullable UUID cut) {
        static Line of(Readable row) {
            UUID id = row.get("event_id", UUID.class);
            FoundEvent event = id == null
                    ? null
                    : new FoundEvent(
                            new EventId(row.get("instance_id", Long.class), id),
                            row.get("element_key", String.class),
                            EventStatus.valueOf(row.get("status", String.class)));
            return new Line(event, row.get("cut", UUID.class));
        }
    }
}
