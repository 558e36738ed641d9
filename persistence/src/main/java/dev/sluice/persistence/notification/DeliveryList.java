package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** Lists deliveries, those of the newest event first: day by day, portion by portion, until a page is full. */
public final class DeliveryList {
    /** The rows that lead to events, and the events whose deliveries are looked at, a portion: 20 ms of work. */
    private static final int EXAMINED = 2_000;

    private static final int EXAMINED_OF_INSTANCE = 500;
    private static final int EXPANDED = 300;

    /** So many portions a page; a month of days without any event fits in. */
    private static final int PORTIONS_MAX = 35;

    private final DatabaseClient database;
    private final Clock clock;

    /** @param clock says where a list begins, within a day */
    public DeliveryList(Database database, Clock clock) {
        this.database = database.client();
        this.clock = clock;
    }

    /**
     * A part of the list of all deliveries that the filter lets through. Of instances without a status, that is by the log
     * itself; otherwise an event is found when its first outcome is written, a moment after its receipt.
     *
     * @param after where the previous part ended, or null for the first
     * @param size 1 to 200
     */
    public Mono<DeliveryPage> page(DeliveryFilter filter, @Nullable DeliveryId after, int size) {
        return Mono.defer(() -> {
            DeliveryId begin = after == null ? DeliveryPlaces.beforeDay(clock.instant(), 2) : after;
            return fill(filter, new DeliveryPage(List.of(), begin), size, PORTIONS_MAX);
        });
    }

    private Mono<DeliveryPage> fill(DeliveryFilter filter, DeliveryPage page, int size, int portionsLeft) {
        DeliveryId next = page.next();
        int missing = size - page.deliveries().size();
        return next == null || missing == 0 || portionsLeft == 0
                ? Mono.just(page)
                : portion(filter, next, missing)
                        .map(page::and)
                        .flatMap(longer -> fill(filter, longer, size, portionsLeft - 1));
    }

    private Mono<DeliveryPage> portion(DeliveryFilter filter, DeliveryId after, int size) {
        List<Long> instances = filter.instanceIds();
        List<String> eventStatuses = filter.eventStatuses();
        int expanded = filter.takesAll() ? size + 2 : EXPANDED;
        int examinedOfInstance = eventStatuses.isEmpty() ? expanded : EXAMINED_OF_INSTANCE;
        Instant dayBegin = DeliveryPlaces.dayOf(after);
        GenericExecuteSpec statement = database.sql(DeliveryStatements.leadingTo(filter))
                .bind("organization", filter.organizationId())
                .bind("event", after.eventId().id())
                .bind("dayBegin", dayBegin)
                .bind("dayEnd", dayBegin.plus(1, ChronoUnit.DAYS))
                .bind("endpoint", after.endpointId())
                .bind("part", after.part())
                .bind("examined", instances == null ? EXAMINED : examinedOfInstance)
                .bind("expanded", expanded)
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
        return statement.map(Line::of).all().collectList().map(lines -> portion(lines, size, dayBegin));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String name, @Nullable String value) {
        return value == null ? statement.bindNull(name, String.class) : statement.bind(name, value);
    }

    private static DeliveryPage portion(List<Line> lines, int size, Instant dayBegin) {
        List<FoundDelivery> found =
                lines.stream().map(Line::delivery).filter(Objects::nonNull).toList();
        if (found.size() > size) {
            List<FoundDelivery> shown = found.subList(0, size);
            return new DeliveryPage(shown, shown.get(size - 1).id());
        }
        Line any = lines.get(0);
        UUID cut = any.cut();
        if (cut != null) {
            return new DeliveryPage(found, DeliveryPlaces.before(cut));
        }
        return new DeliveryPage(found, any.older() ? DeliveryPlaces.beforeDay(dayBegin, 0) : null);
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

    /** A row of an answer: a delivery, or none when nothing was found. */
    private record Line(
            @Nullable FoundDelivery delivery, @Nullable UUID cut, boolean older) {
        static Line of(Readable row) {
            return new Line(
                    FoundDelivery.read(row),
                    row.get("cut", UUID.class),
                    Boolean.TRUE.equals(row.get("older", Boolean.class)));
        }
    }
}
