package dev.sluice.persistence.progress;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Mono;

/** Events of which the rows are known, counted by the minute of their receipt. */
final class Counts {
    private static final String COUNT = "WITH counted AS (\n" + """
                SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[],
                                     $6::bigint[])
                           AS given (organization_id, minute, instance_id, received, delivered, failed))
            """ + EventChanges.COUNT.replace("$8", "$7");

    private final Map<Place, Sum> sums = new HashMap<>();

    private record Place(long organizationId, Instant minute, long instanceId) {}

    private record Sum(long received, long delivered, long failed) {
        Sum and(Sum other) {
            return new Sum(received + other.received, delivered + other.delivered, failed + other.failed);
        }
    }

    /** Counts a change that is its event's first. */
    void add(EventChange change, Findable event) {
        Place place = new Place(
                event.organizationId(), change.receivedAt().truncatedTo(ChronoUnit.MINUTES), change.instanceId());
        boolean failed = change.failed() > 0;
        int deliveries = event.deliveries() + change.added();
        boolean notified = !failed && deliveries > 0 && change.delivered() >= deliveries;
        sums.merge(place, new Sum(1, notified ? 1 : 0, failed ? 1 : 0), Sum::and);
    }

    Mono<Void> write(PostgresqlConnection connection, int epoch) {
        return connection
                .createStatement(COUNT)
                .bind("$1", places(Place::organizationId, Long[]::new))
                .bind("$2", places(Place::minute, Instant[]::new))
                .bind("$3", places(Place::instanceId, Long[]::new))
                .bind("$4", sums(Sum::received))
                .bind("$5", sums(Sum::delivered))
                .bind("$6", sums(Sum::failed))
                .bind("$7", epoch)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private <V> V[] places(Function<Place, V> value, IntFunction<V[]> make) {
        return sums.keySet().stream().map(value).toArray(make);
    }

    private Long[] sums(ToLongFunction<Sum> value) {
        return sums.values().stream().map(value::applyAsLong).toArray(Long[]::new);
    }
}
