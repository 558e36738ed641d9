package dev.sluice.persistence.figures;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds to the figures, and reads them. */
public final class FigureRepository {
    /** Sorted, because nodes that add to the same rows must not wait for each other in a circle. */
    private static final String ADD = """
            INSERT INTO attempt_rollup AS rollup (organization_id, endpoint_id, minute, attempts, succeeded, durations)
            SELECT organization_id, endpoint_id, minute, attempts, succeeded, string_to_array(durations, ' ')::bigint[]
              FROM unnest(:organizations::bigint[], :endpoints::bigint[], :minutes::timestamptz[], :attempts::bigint[],
                          :succeeded::bigint[], :durations::text[])
                       AS given (organization_id, endpoint_id, minute, attempts, succeeded, durations)
             ORDER BY 1, 2, 3
            ON CONFLICT (organization_id, endpoint_id, minute) DO UPDATE
               SET attempts = rollup.attempts + excluded.attempts, succeeded = rollup.succeeded + excluded.succeeded,
                   durations = ARRAY(SELECT coalesce(before, 0) + coalesce(more, 0)
                                       FROM unnest(rollup.durations, excluded.durations)
                                            WITH ORDINALITY AS slot (before, more, place) ORDER BY place)""";

    private static final String SINCE = """
            SELECT organization_id, endpoint_id, minute, attempts, succeeded, durations FROM attempt_rollup
             WHERE organization_id = :organization AND endpoint_id = ANY (:endpoints) AND minute >= :since""";

    private final DatabaseClient database;

    public FigureRepository(Database database) {
        this.database = database.client();
    }

    /** Adds to what is there. Not to be repeated when it is not known whether it was done. */
    public Mono<Void> add(Map<AttemptMinute, AttemptFigures> figures) {
        if (figures.isEmpty()) {
            return Mono.empty();
        }
        List<Map.Entry<AttemptMinute, AttemptFigures>> all = List.copyOf(figures.entrySet());
        return database.sql(ADD)
                .bind("organizations", array(all, each -> each.getKey().organizationId(), Long[]::new))
                .bind("endpoints", array(all, each -> each.getKey().endpointId(), Long[]::new))
                .bind("minutes", array(all, each -> each.getKey().minute(), Instant[]::new))
                .bind("attempts", array(all, each -> each.getValue().attempts(), Long[]::new))
                .bind("succeeded", array(all, each -> each.getValue().succeeded(), Long[]::new))
                .bind("durations", array(all, each -> text(each.getValue().durations()), String[]::new))
                .then();
    }

    private static String text(List<Long> durations) {
        return durations.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static <T, V> V[] array(List<T> all, Function<T, V> value, IntFunction<V[]> make) {
        return all.stream().map(value).toArray(make);
    }

    /**
     * The minutes of these endpoints that had any attempt, by their key.
     *
     * @param endpointIds of the organization, or {@link AttemptMinute#ALL}; another's have no minutes
     * @param since a minute's beginning
     */
    public Flux<Map.Entry<AttemptMinute, AttemptFigures>> since(
            long organizationId, Collection<Long> endpointIds, Instant since) {
        return database.sql(SINCE)
                .bind("organization", organizationId)
                .bind("endpoints", endpointIds.toArray(Long[]::new))
                .bind("since", since)
                .map(FigureRepository::read)
                .all();
    }

    private static Map.Entry<AttemptMinute, AttemptFigures> read(Readable row) {
        return Map.entry(
                new AttemptMinute(
                        requireNonNull(row.get("organization_id", Long.class)),
                        requireNonNull(row.get("endpoint_id", Long.class)),
                        requireNonNull(row.get("minute", Instant.class))),
                new AttemptFigures(
                        requireNonNull(row.get("attempts", Long.class)),
                        requireNonNull(row.get("succeeded", Long.class)),
                        List.of(requireNonNull(row.get("durations", Long[].class)))));
    }
}
