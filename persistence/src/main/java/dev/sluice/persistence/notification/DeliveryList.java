package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lists deliveries, those of the newest event first. */
public final class DeliveryList {
    /** Search rows of an organization lie side by side. */
    private static final int EXAMINED = 500;

    /** So many where the URL lets few of them through. */
    private static final int EXAMINED_BY_URL = 2_000;

    /** Of each instance and status; more than the 200 rows that one event may have, so that every part goes on. */
    private static final int EXAMINED_OPEN = 250;

    /** The events whose deliveries are looked at: a few milliseconds of work, and a page's worth where all are shown. */
    private static final int EXPANDED = 202;

    private static final int EXPANDED_MIN = 50;

    /** The pairs of event and endpoint that may be deliveries. */
    private static final int PAIRS = 300;

    private final DatabaseClient database;

    public DeliveryList(Database database) {
        this.database = database.client();
    }

    /**
     * A part of the list of all deliveries that the filter lets through. Of instances without a status, that is by the log
     * itself; otherwise an event is found when its first outcome is written, a moment after its receipt. It looks at a
     * bounded number of events, so it may be short where few of them match.
     *
     * @param after where the previous part ended, or null for the first
     * @param size 1 to 200
     */
    public Mono<DeliveryPage> page(DeliveryFilter filter, @Nullable DeliveryId after, int size) {
        return Mono.defer(() -> statement(filter, after == null ? DeliveryPlaces.FIRST : after, size)
                .map(Line::of)
                .all()
                .collectList()
                .map(lines -> page(lines, size)));
    }

    private GenericExecuteSpec statement(DeliveryFilter filter, DeliveryId after, int size) {
        List<Long> instances = filter.instanceIds();
        List<String> eventStatuses = filter.eventStatuses();
        int expanded = filter.takesAll() ? Math.max(size + 2, EXPANDED_MIN) : EXPANDED;
        GenericExecuteSpec statement = database.sql(DeliveryStatements.leadingTo(filter))
                .bind("organization", filter.organizationId())
                .bind("event", after.eventId().id())
                .bind("toTime", after.eventId().receivedAt())
                .bind("endpoint", after.endpointId())
                .bind("part", after.part())
                .bind("examined", examined(filter, expanded))
                .bind("expanded", expanded)
                .bind("pairs", PAIRS)
                .bind("over", filter.over())
                .bind("limit", size + 1);
        statement = bind(statement, "url", filter.url());
        statement = bind(
                statement,
                "status",
                filter.status() == null ? null : filter.status().name());
        if (instances != null) {
            statement = statement.bind("instances", instances.toArray(Long[]::new));
        }
        if (!eventStatuses.isEmpty()) {
            statement = statement.bind("eventStatuses", eventStatuses.toArray(String[]::new));
        }
        return filter.leadsByLog() ? statement : statement.bind("unfinished", filter.unfinished());
    }

    private static int examined(DeliveryFilter filter, int expanded) {
        if (filter.leadsByLog()) {
            return expanded;
        }
        if (!filter.eventStatuses().isEmpty()) {
            return EXAMINED_OPEN;
        }
        return filter.url() == null ? EXAMINED : EXAMINED_BY_URL;
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String name, @Nullable String value) {
        return value == null ? statement.bindNull(name, String.class) : statement.bind(name, value);
    }

    private static DeliveryPage page(List<Line> lines, int size) {
        List<FoundDelivery> found =
                lines.stream().map(Line::delivery).filter(Objects::nonNull).toList();
        if (found.size() > size) {
            List<FoundDelivery> shown = found.subList(0, size);
            return new DeliveryPage(shown, shown.get(size - 1).id());
        }
        return new DeliveryPage(found, lines.get(0).end());
    }

    /** Those of the deliveries that are the organization's, the newest event's first; at most 200 are asked for. */
    public Flux<FoundDelivery> named(long organizationId, List<DeliveryId> ids) {
        return database.sql(DeliveryStatements.NAMED)
                .bind("organization", organizationId)
                .bind("events", array(ids, id -> id.eventId().id(), UUID[]::new))
                .bind("instances", array(ids, id -> id.eventId().instanceId(), Long[]::new))
                .bind("times", array(ids, id -> id.eventId().receivedAt(), Instant[]::new))
                .bind("endpoints", array(ids, DeliveryId::endpointId, Long[]::new))
                .bind("parts", array(ids, DeliveryId::part, Integer[]::new))
                .map(row -> Objects.requireNonNull(FoundDelivery.read(row)))
                .all();
    }

    private static <V> V[] array(List<DeliveryId> ids, Function<DeliveryId, V> value, IntFunction<V[]> make) {
        return ids.stream().map(value).toArray(make);
    }

    /**
     * A row of an answer: a delivery, or none when nothing was found.
     *
     * @param end up to where was looked; null when that was all
     */
    private record Line(
            @Nullable FoundDelivery delivery, @Nullable DeliveryId end) {
        static Line of(Readable row) {
            return new Line(FoundDelivery.read(row), end(row));
        }

        private static @Nullable DeliveryId end(Readable row) {
            UUID last = row.get("last_event_id", UUID.class);
            if (last != null) {
                return new DeliveryId(
                        new EventId(Objects.requireNonNull(row.get("last_instance_id", Long.class)), last),
                        Objects.requireNonNull(row.get("last_endpoint_id", Long.class)),
                        Objects.requireNonNull(row.get("last_part", Integer.class)));
            }
            UUID cut = row.get("cut", UUID.class);
            return cut == null ? null : DeliveryPlaces.before(cut);
        }
    }
}
