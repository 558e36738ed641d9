package dev.sluice.persistence.progress;

import dev.sluice.persistence.copy.CopyStream;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/** Changes of events, one for each event, on their way into search rows and counts. */
public final class EventChanges {
    /** What follows {@code counted}: both ways to write changes count by it. */
    static final String COUNT = """
            , moved AS (
                SELECT * FROM counted WHERE received <> 0 OR delivered <> 0 OR failed <> 0),
            by_hour AS (
                INSERT INTO event_rollup_hour AS rollup (
                       organization_id, instance_id, hour, epoch, received, delivered, failed)
                SELECT organization_id, instance_id, date_trunc('hour', minute, 'UTC'), $8, sum(received), sum(delivered),
                       sum(failed)
                  FROM moved GROUP BY 1, 2, 3
                ON CONFLICT (organization_id, instance_id, hour, epoch) DO UPDATE
                   SET received = rollup.received + excluded.received,
                       delivered = rollup.delivered + excluded.delivered, failed = rollup.failed + excluded.failed),
            of_all AS (
                INSERT INTO event_rollup_total AS rollup (organization_id, minute, epoch, received, delivered, failed)
                SELECT organization_id, minute, $8, sum(received), sum(delivered), sum(failed)
                  FROM moved GROUP BY 1, 2
                ON CONFLICT (organization_id, minute, epoch) DO UPDATE
                   SET received = rollup.received + excluded.received,
                       delivered = rollup.delivered + excluded.delivered, failed = rollup.failed + excluded.failed)
            INSERT INTO event_rollup AS rollup (
                   organization_id, minute, instance_id, epoch, received, delivered, failed)
            SELECT organization_id, minute, instance_id, $8, received, delivered, failed FROM moved ORDER BY 1, 2, 3
            ON CONFLICT (organization_id, minute, instance_id, epoch) DO UPDATE
               SET received = rollup.received + excluded.received, delivered = rollup.delivered + excluded.delivered,
                   failed = rollup.failed + excluded.failed""";

    /**
     * The items are read from the log, where they were written moments ago. Sorted, because two nodes that bring the same
     * events further must not wait for each other in a circle. Items that PostgreSQL cannot take apart are left out rather
     * than stop the outcome that is written with them.
     */
    private static final String APPLY = """
            WITH change AS (
                SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::int[], $5::int[], $6::int[],
                                     $7::boolean[])
                           AS given (event_id, instance_id, received_at, added, delivered, failed, attempted)),
            changed AS (
                INSERT INTO event_search AS found (
                       organization_id, event_id, item, received_at, instance_id, object_type, object_id, event_type,
                       deliveries, added, delivered, failed, attempted)
                SELECT instance.organization_id, event.id, coalesce(item.number, 1) - 1, event.received_at, instance.id,
                       left(item.object_type, 200), left(item.object_id, 200), left(item.event_type, 200),
                       cardinality(event.endpoint_ids) * event.parts, change.added, change.delivered, change.failed,
                       change.attempted
                  FROM change
                  JOIN event ON event.instance_id = change.instance_id AND event.id = change.event_id
                        AND event.received_at = change.received_at
                  JOIN instance ON instance.id = change.instance_id
                  LEFT JOIN LATERAL ROWS FROM (
                       json_to_recordset(CASE WHEN position('\\u0000' IN event.items::text) > 0 THEN '[]'
                                              ELSE event.items END)
                           AS ("objectType" text, "objectId" text, "eventType" text))
                       WITH ORDINALITY AS item (object_type, object_id, event_type, number) ON item.number <= 200
                 ORDER BY event.id, item.number
                ON CONFLICT (organization_id, event_id, item, received_at) DO UPDATE
                   SET added = found.added + excluded.added, delivered = found.delivered + excluded.delivered,
                       failed = found.failed + excluded.failed, attempted = found.attempted OR excluded.attempted,
                       status_before = found.status
                RETURNING organization_id, instance_id, item, received_at, status, status_before),
            counted AS (
                SELECT organization_id, date_trunc('minute', received_at) AS minute, instance_id,
                       count(*) FILTER (WHERE status_before IS NULL) AS received,
                       count(*) FILTER (WHERE status = 'NOTIFIED')
                           - count(*) FILTER (WHERE status_before = 'NOTIFIED') AS delivered,
                       count(*) FILTER (WHERE status = 'FAILED')
                           - count(*) FILTER (WHERE status_before = 'FAILED') AS failed
                  FROM changed WHERE item = 0 GROUP BY 1, 2, 3)
            """ + COUNT;

    private final Map<UUID, EventChange> byEvent = new LinkedHashMap<>();

    /** Of these events, each once or more often. */
    public static EventChanges of(Collection<EventChange> all) {
        EventChanges changes = new EventChanges();
        all.forEach(changes::add);
        return changes;
    }

    public void add(EventChange change) {
        byEvent.merge(change.eventId(), change, EventChange::and);
    }

    /**
     * Writes them within the connection's transaction. Events that retention has taken are left out.
     *
     * @param epoch in whose rows it counts; nothing else may count there at the same time
     * @return an integrity violation when a change that was said to be its event's first was not: {@link #asLater} helps
     */
    public Mono<Void> write(PostgresqlConnection connection, int epoch) {
        return apply(connection, epoch, only(change -> change.first() == null))
                .then(Mono.defer(() -> copy(connection, epoch, only(change -> change.first() != null))));
    }

    private List<EventChange> only(Predicate<EventChange> wanted) {
        return byEvent.values().stream().filter(wanted).toList();
    }

    /** The same changes, none of them taken for its event's first. */
    public EventChanges asLater() {
        return of(byEvent.values().stream().map(EventChange::asLater).toList());
    }

    /** Sorted by event, as {@code APPLY} is. */
    private static Mono<Void> copy(PostgresqlConnection connection, int epoch, List<EventChange> changes) {
        if (changes.isEmpty()) {
            return Mono.empty();
        }
        List<SearchRow> rows = new ArrayList<>(changes.size());
        Counts counts = new Counts();
        for (EventChange change : changes) {
            Findable event = Objects.requireNonNull(change.first());
            counts.add(change, event);
            SearchRow.of(change, event).forEach(rows::add);
        }
        rows.sort(Comparator.comparing(row -> row.change().eventId()));
        return CopyStream.send(connection, SearchRow.COPY, rows)
                .then(Mono.defer(() -> counts.write(connection, epoch)));
    }

    private static Mono<Void> apply(PostgresqlConnection connection, int epoch, List<EventChange> changes) {
        if (changes.isEmpty()) {
            return Mono.empty();
        }
        return connection
                .createStatement(APPLY)
                .bind("$1", array(changes, EventChange::eventId, UUID[]::new))
                .bind("$2", array(changes, EventChange::instanceId, Long[]::new))
                .bind("$3", array(changes, EventChange::receivedAt, Instant[]::new))
                .bind("$4", array(changes, EventChange::added, Integer[]::new))
                .bind("$5", array(changes, EventChange::delivered, Integer[]::new))
                .bind("$6", array(changes, EventChange::failed, Integer[]::new))
                .bind("$7", array(changes, EventChange::attempted, Boolean[]::new))
                .bind("$8", epoch)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private static <V> V[] array(List<EventChange> changes, Function<EventChange, V> value, IntFunction<V[]> make) {
        return changes.stream().map(value).toArray(make);
    }
}
