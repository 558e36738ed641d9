package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What is remembered of endpoints for people: what failed last, and which URLs they had. */
public final class EndpointHistory {
    /** Sorted, because nodes that write the same rows must not wait for each other in a circle. */
    private static final String REMEMBER = """
            INSERT INTO endpoint_failure AS known (endpoint_id, url_number, failed_at, event_id, words)
            SELECT given.* FROM unnest(:endpoints::bigint[], :numbers::integer[], :times::timestamptz[], :events::uuid[],
                                       :words::text[])
                                 AS given (endpoint_id, url_number, failed_at, event_id, words)
              JOIN endpoint ON endpoint.id = given.endpoint_id
             ORDER BY 1
            ON CONFLICT (endpoint_id) DO UPDATE
               SET url_number = excluded.url_number, failed_at = excluded.failed_at, event_id = excluded.event_id,
                   words = excluded.words
             WHERE known.failed_at < excluded.failed_at""";

    private static final String FORGET_URLS = """
            DELETE FROM endpoint_former_url WHERE (endpoint_id, url_number) IN (
                SELECT endpoint_id, url_number FROM endpoint_former_url
                 WHERE until < now() - :age * interval '1 microsecond' ORDER BY until LIMIT :limit)""";

    private static final String FORGET_FAILURES = """
            DELETE FROM endpoint_failure WHERE endpoint_id IN (
                SELECT endpoint_id FROM endpoint_failure
                 WHERE failed_at < now() - :age * interval '1 microsecond' LIMIT :limit)""";

    private final DatabaseClient database;

    public EndpointHistory(Database database) {
        this.database = database.client();
    }

    /** Remembers failures by their endpoints' ids, each unless a later one is known. Repeating it changes nothing. */
    public Mono<Void> remember(Map<Long, LastFailure> failures) {
        if (failures.isEmpty()) {
            return Mono.empty();
        }
        List<Map.Entry<Long, LastFailure>> all = List.copyOf(failures.entrySet());
        return database.sql(REMEMBER)
                .bind("endpoints", array(all, Map.Entry::getKey, Long[]::new))
                .bind("numbers", array(all, each -> each.getValue().urlNumber(), Integer[]::new))
                .bind("times", array(all, each -> each.getValue().at(), Instant[]::new))
                .bind("events", array(all, each -> each.getValue().eventId(), UUID[]::new))
                .bind("words", array(all, each -> each.getValue().words(), String[]::new))
                .then();
    }

    private static <T, V> V[] array(List<T> all, Function<T, V> value, IntFunction<V[]> make) {
        return all.stream().map(value).toArray(make);
    }

    /**
     * Forgets what is so old that no attempt that it tells of is in the log any more.
     *
     * @param limit no more than so many of each kind; the next call goes on
     */
    public Mono<Void> forget(Duration age, int limit) {
        return forget(FORGET_URLS, age, limit).then(forget(FORGET_FAILURES, age, limit));
    }

    private Mono<Void> forget(String statement, Duration age, int limit) {
        return Mono.defer(() -> database.sql(statement)
                .bind("age", age.toNanos() / 1_000)
                .bind("limit", limit)
                .then());
    }
}
