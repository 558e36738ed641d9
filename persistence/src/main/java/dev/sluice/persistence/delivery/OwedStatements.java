package dev.sluice.persistence.delivery;

import dev.sluice.persistence.delivery.LineStatements.Line;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Changes to owed deliveries, each one statement for many. Whoever claimed a row changes it only while the generation is
 * still his.
 */
final class OwedStatements {
    private static final String END = """
            DELETE FROM owed_delivery AS owed
             USING unnest($1::bigint[], $2::uuid[], $3::int[], $4::int[]) AS claim (endpoint_id, event_id, part, generation)
             WHERE owed.endpoint_id = claim.endpoint_id AND owed.event_id = claim.event_id
               AND owed.part = claim.part AND owed.generation = claim.generation
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id, owed.order_key""";
    /**
     * A claim that comes back without an attempt does not count towards the five that make a delivery poison. A probe is an
     * attempt, and counts for the schedule as none.
     */
    private static final String GIVE_BACK = """
            UPDATE owed_delivery AS owed
               SET attempts = owed.attempts + CASE WHEN claim.attempted THEN 1 ELSE 0 END,
                   probes = owed.probes + CASE WHEN claim.attempted AND claim.probing THEN 1 ELSE 0 END,
                   first_failed_at = CASE WHEN claim.attempted AND NOT claim.probing
                                          THEN coalesce(owed.first_failed_at, now()) ELSE owed.first_failed_at END,
                   claims = CASE WHEN claim.attempted THEN 0 ELSE greatest(owed.claims - 1, 0) END,
                   due_at = now() + claim.wait_micros * interval '1 microsecond',
                   generation = owed.generation + 1
              FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::int[], $5::boolean[], $6::bigint[],
                         $7::boolean[])
                   AS claim (endpoint_id, event_id, part, generation, attempted, wait_micros, probing)
             WHERE owed.endpoint_id = claim.endpoint_id AND owed.event_id = claim.event_id
               AND owed.part = claim.part AND owed.generation = claim.generation
            RETURNING owed.endpoint_id, owed.event_id, owed.part, owed.instance_id""";

    private static final String OWE = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, first_failed_at, due_at)
            SELECT endpoint_id, event_id, part, instance_id, CASE WHEN attempted THEN 1 ELSE 0 END,
                   CASE WHEN attempted THEN now() END, now() + wait_micros * interval '1 microsecond'
              FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[], $5::boolean[], $6::bigint[])
                   AS owed (endpoint_id, event_id, part, instance_id, attempted, wait_micros)
             ORDER BY endpoint_id, event_id, part
            ON CONFLICT DO NOTHING""";

    private OwedStatements() {}

    /**
     * Rows that were removed.
     *
     * @param freed the lines that they stood in
     */
    record Removed(Set<DeliveryId> ids, Set<Line> freed) {
        private void add(Readable row) {
            ids.add(DeliveryId.of(row));
            Line line = Line.of(row);
            if (line != null) {
                freed.add(line);
            }
        }
    }

    /** Removes claimed rows; those whose claim still held. */
    static Mono<Removed> end(PostgresqlConnection connection, List<Outcome.ClaimEnded> ends) {
        Removed removed = new Removed(new HashSet<>(), new HashSet<>());
        if (ends.isEmpty()) {
            return Mono.just(removed);
        }
        PostgresqlStatement statement = connection.createStatement(END);
        bindKeys(statement, ends, Outcome::delivery);
        return statement
                .bind("$4", array(ends, end -> end.claim().generation(), Integer[]::new))
                .execute()
                .concatMap(result -> result.map((row, columns) -> {
                    removed.add(row);
                    return true;
                }))
                .then(Mono.just(removed));
    }

    /** Puts claimed rows back with a new due time; those whose claim still held. */
    static Mono<Set<DeliveryId>> giveBack(PostgresqlConnection connection, List<Outcome.ClaimReturned> returns) {
        if (returns.isEmpty()) {
            return Mono.just(Set.of());
        }
        PostgresqlStatement statement = connection.createStatement(GIVE_BACK);
        bindKeys(statement, returns, Outcome::delivery);
        return found(statement
                .bind("$4", array(returns, outcome -> outcome.claim().generation(), Integer[]::new))
                .bind("$5", array(returns, outcome -> outcome.attempt() != null, Boolean[]::new))
                .bind("$6", array(returns, outcome -> micros(outcome.retryAfter()), Long[]::new))
                .bind("$7", array(returns, outcome -> outcome.claim().probing(), Boolean[]::new)));
    }

    /** Makes rows for deliveries that leave memory. One that has a row already keeps it. */
    static Mono<Void> owe(PostgresqlConnection connection, List<Outcome.Owed> owed) {
        if (owed.isEmpty()) {
            return Mono.empty();
        }
        PostgresqlStatement statement = connection.createStatement(OWE);
        bindKeys(statement, owed, Outcome::delivery);
        return statement
                .bind("$4", array(owed, outcome -> outcome.delivery().eventId().instanceId(), Long[]::new))
                .bind("$5", array(owed, outcome -> outcome.attempt() != null, Boolean[]::new))
                .bind("$6", array(owed, outcome -> micros(outcome.retryAfter()), Long[]::new))
                .execute()
                .concatMap(result -> result.getRowsUpdated())
                .then();
    }

    /** Binds the deliveries' endpoints, events and parts, in this order. */
    static <O> PostgresqlStatement bindKeys(
            PostgresqlStatement statement, List<O> outcomes, Function<O, DeliveryId> id) {
        return statement
                .bind("$1", array(outcomes, outcome -> id.apply(outcome).endpointId(), Long[]::new))
                .bind(
                        "$2",
                        array(outcomes, outcome -> id.apply(outcome).eventId().id(), UUID[]::new))
                .bind("$3", array(outcomes, outcome -> id.apply(outcome).part(), Integer[]::new));
    }

    private static <O, V> V[] array(
            List<O> outcomes, Function<O, @Nullable V> value, java.util.function.IntFunction<V[]> make) {
        return outcomes.stream().map(value).toArray(make);
    }

    private static @Nullable Long micros(@Nullable Duration wait) {
        return wait == null ? null : wait.toNanos() / 1_000;
    }

    private static Mono<Set<DeliveryId>> found(PostgresqlStatement statement) {
        return statement
                .execute()
                .concatMap(result -> result.map((row, columns) -> DeliveryId.of(row)))
                .collect(HashSet::new, Set::add);
    }
}
