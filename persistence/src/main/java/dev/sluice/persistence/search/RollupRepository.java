package dev.sluice.persistence.search;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the counts by the minute and by the hour, added up to slots of time. Slots and instances without any are left out.
 * In all of it, slots of an hour or longer have to begin on whole hours, others on whole minutes.
 */
public final class RollupRepository {
    /** What one answer may have. */
    public static final int COUNTS_MAX = 100_000;

    /** What may be read for it: a quarter of a second. */
    private static final int ROWS_MAX = 500_000;

    /** The slot of the row that says so. */
    private static final long NOT_ADDED_UP = -1;

    private static final String OF_ALL = """
            SELECT floor(extract(epoch FROM minute - :from) / :seconds)::bigint AS slot, 0::bigint AS instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM event_rollup_total
             WHERE organization_id = :organization AND minute >= :from AND minute < :to
             GROUP BY 1 ORDER BY 1""";

    private static final String HOURS_OF_INSTANCE = """
            SELECT floor(extract(epoch FROM hour - :from) / :seconds)::bigint AS slot, instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM event_rollup_hour
             WHERE organization_id = :organization AND instance_id = :instance AND hour >= :from AND hour < :to
             GROUP BY 1, 2 ORDER BY 1""";

    /** An instance's minutes lie between those of all others: each is asked for by its key, in the hours that had any. */
    private static final String MINUTES_OF_INSTANCE = """
            WITH busy AS MATERIALIZED (
                SELECT hour, ARRAY(SELECT hour + past * interval '1 minute' FROM generate_series(0, 59) AS past) AS minutes
                  FROM (SELECT DISTINCT hour FROM event_rollup_hour
                         WHERE organization_id = :organization AND instance_id = :instance
                           AND hour > :from - interval '1 hour' AND hour < :to) AS hours)
            SELECT floor(extract(epoch FROM found.minute - :from) / :seconds)::bigint AS slot, found.instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM busy
             CROSS JOIN LATERAL (
                   SELECT minute, instance_id, received, delivered, failed FROM event_rollup
                    WHERE organization_id = :organization AND instance_id = :instance AND minute = ANY (busy.minutes)
                      AND minute >= busy.hour AND minute < busy.hour + interval '1 hour'
                      AND minute >= :from AND minute < :to
                   OFFSET 0) AS found
             GROUP BY 1, 2 ORDER BY 1""";

    private static final String HOURS_BY_INSTANCE = byInstance("event_rollup_hour", "hour");

    private static final String MINUTES_BY_INSTANCE = byInstance("event_rollup", "minute");

    private final DatabaseClient database;

    public RollupRepository(Database database) {
        this.database = database.client();
    }

    /**
     * The counts of all instances together: their instance's id is 0.
     *
     * @param from where slot 0 begins
     * @param to where the last slot ends
     */
    public Flux<EventCount> ofAll(long organizationId, Instant from, Instant to, Duration slot) {
        return read(OF_ALL, organizationId, from, to, slot)
                .map(RollupRepository::count)
                .all();
    }

    /** The counts of one instance. */
    public Flux<EventCount> ofInstance(long organizationId, long instanceId, Instant from, Instant to, Duration slot) {
        return read(isByHour(slot) ? HOURS_OF_INSTANCE : MINUTES_OF_INSTANCE, organizationId, from, to, slot)
                .bind("instance", instanceId)
                .map(RollupRepository::count)
                .all();
    }

    /**
     * The counts of each instance.
     *
     * @return an error {@link TooManyCountsException} when there are more than {@link #COUNTS_MAX}, or too many to add up
     */
    public Flux<EventCount> byInstance(long organizationId, Instant from, Instant to, Duration slot) {
        return read(isByHour(slot) ? HOURS_BY_INSTANCE : MINUTES_BY_INSTANCE, organizationId, from, to, slot)
                .bind("rows", ROWS_MAX + 1)
                .bind("limit", COUNTS_MAX + 1)
                .map(RollupRepository::count)
                .all()
                .collectList()
                .filter(counts ->
                        counts.size() <= COUNTS_MAX && counts.stream().noneMatch(count -> count.slot() == NOT_ADDED_UP))
                .switchIfEmpty(Mono.error(() -> new TooManyCountsException(COUNTS_MAX)))
                .flatMapIterable(counts -> counts);
    }

    /**
     * The statement that adds up each instance's rows of a table, unless there are too many of them.
     *
     * @param time the column that says when a row's events were received
     */
    private static String byInstance(String table, String time) {
        return """
            WITH extent AS MATERIALIZED (
                SELECT count(*) AS rows
                  FROM (SELECT FROM %1$s
                         WHERE organization_id = :organization AND %2$s >= :from AND %2$s < :to LIMIT :rows) AS counted)
            SELECT floor(extract(epoch FROM %2$s - :from) / :seconds)::bigint AS slot, instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM %1$s
             WHERE organization_id = :organization AND %2$s >= :from AND %2$s < :to
               AND (SELECT rows FROM extent) < :rows
             GROUP BY 1, 2
             UNION ALL
            SELECT -1, 0, 0, 0, 0 FROM extent WHERE rows = :rows
             ORDER BY 1, 2 LIMIT :limit""".formatted(table, time);
    }

    private static boolean isByHour(Duration slot) {
        return slot.compareTo(Duration.ofHours(1)) >= 0;
    }

    private GenericExecuteSpec read(String sql, long organizationId, Instant from, Instant to, Duration slot) {
        return database.sql(sql)
                .bind("organization", organizationId)
                .bind("from", from)
                .bind("to", to)
                .bind("seconds", slot.toSeconds());
    }

    private static EventCount count(Readable row) {
        return new EventCount(
                row.get("slot", Long.class),
                row.get("instance_id", Long.class),
                row.get("received", Long.class),
                row.get("delivered", Long.class),
                row.get("failed", Long.class));
    }
}
