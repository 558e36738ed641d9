package dev.sluice.persistence.eventlog;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import reactor.core.publisher.Mono;

/** Owes deliveries that stand in a line, in the transaction that their events are committed in. */
final class OwedRows {
    /** Numbered in the order given. */
    private static final String OWE = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at, order_key, position)
            SELECT endpoint_id, event_id, part, instance_id, 0, now(), order_key, nextval('owed_delivery_position')
              FROM (SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[])
                             WITH ORDINALITY AS given (endpoint_id, event_id, part, instance_id, order_key, place)
                     ORDER BY place) AS owed""";

    private record Row(long endpointId, EventId event, int part, long orderKey) {}

    private OwedRows() {}

    /** Writes a row for each part and endpoint of those events that are ordered, in their order. */
    static Mono<Void> write(PostgresqlConnection connection, List<EventRow> events) {
        List<Row> rows = new ArrayList<>();
        events.forEach(event -> addOf(event.event(), rows));
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return connection
                .createStatement(OWE)
                .bind("$1", array(rows, Row::endpointId, Long[]::new))
                .bind("$2", array(rows, row -> row.event().id(), UUID[]::new))
                .bind("$3", array(rows, Row::part, Integer[]::new))
                .bind("$4", array(rows, row -> row.event().instanceId(), Long[]::new))
                .bind("$5", array(rows, Row::orderKey, Long[]::new))
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private static void addOf(CommittedEvent event, List<Row> rows) {
        List<Long> keys = event.orderKeys();
        for (long endpointId : event.draft().endpointIds()) {
            for (int part = 0; part < keys.size(); part++) {
                rows.add(new Row(endpointId, event.id(), part, keys.get(part)));
            }
        }
    }

    private static <V> V[] array(List<Row> rows, Function<Row, V> value, IntFunction<V[]> make) {
        return rows.stream().map(value).toArray(make);
    }
}
