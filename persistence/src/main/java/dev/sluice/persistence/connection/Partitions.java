package dev.sluice.persistence.connection;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Makes the daily partitions ahead of time and removes those that retention ends. Neither ever waits long for a lock, so
 * one open reader cannot stop intake: it is tried again until it succeeds.
 */
public final class Partitions {
    /** What goes with the events: as long as they are kept, this is. */
    public static final List<String> OF_EVENTS = List.of(
            "event", "event_search", "event_rollup", "event_rollup_hour", "event_rollup_total", "acknowledgement");

    /** What goes with the attempts. */
    public static final List<String> OF_ATTEMPTS = List.of("attempt", "attempt_rollup");

    private static final List<String> LOGS = Stream.of(OF_EVENTS, OF_ATTEMPTS, List.of("dedupe_key"))
            .flatMap(List::stream)
            .toList();
    private static final int DAYS_BEHIND = 1;
    private static final int DAYS_AHEAD = 3;
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final long TRIES = 100;

    private static final String SETTINGS = "SET lock_timeout = '200ms'";
    private static final String TODAY = "SELECT (now() AT TIME ZONE 'UTC')::date";
    /** An hour late: what ended because its day goes can be looked at before it is gone. */
    private static final String TODAY_AN_HOUR_AGO = "SELECT ((now() - interval '1 hour') AT TIME ZONE 'UTC')::date";

    /** For one session at a time; whoever does not get it leaves the work to the one who has. */
    private static final String REMOVE_ALONE = "SELECT pg_try_advisory_lock(hashtext('sluice-partitions')) AS alone";

    private static final String LET_OTHERS = "SELECT pg_advisory_unlock_all()";

    private static final String IS_ATTACHED = """
            SELECT 1 FROM pg_inherits WHERE inhparent = $1::text::regclass AND inhrelid = to_regclass($2)""";
    /** CREATE ... LIKE takes no lock on the parent; ATTACH takes one that readers and writers do not mind. */
    private static final String CREATE = "CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL) %s";

    /**
     * Its rows are changed when deliveries end late. By the server's own settings a vacuum comes after a fifth of a day's
     * rows, so that dead ones would gather all day long.
     */
    private static final Map<String, String> STORAGE =
            Map.of("event_search", "WITH (autovacuum_vacuum_scale_factor = 0.02)");

    /** A body that is not compressed is kept in its event's row as long as it fits: see migration 031. */
    private static final Map<String, String> PREPARE = Map.of("event", """
            DO $$ BEGIN
                IF EXISTS (SELECT FROM pg_attribute
                            WHERE attrelid = '%1$s'::regclass AND attname = 'body' AND attstorage = 'e') THEN
                    ALTER TABLE %1$s SET (toast_tuple_target = 8160);
                END IF;
            END $$""");

    private static final String ATTACH = "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')";
    private static final String OLDER = """
            SELECT child.relname::text FROM pg_inherits
              JOIN pg_class AS child ON child.oid = inhrelid
             WHERE inhparent = $1::text::regclass AND child.relname < $2 ORDER BY 1""";
    private static final String DETACH = "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY";
    private static final String FINISH_DETACH = "ALTER TABLE %s DETACH PARTITION %s FINALIZE";
    private static final String DROP = "DROP TABLE IF EXISTS %s";

    private final Database database;

    public Partitions(Database database) {
        this.database = database;
    }

    /** Makes sure of the partitions from yesterday to three days ahead, by the database's clock. */
    public Mono<Void> makeAhead() {
        return withConnection(connection -> first(connection, TODAY, LocalDate.class)
                .flatMapMany(today -> Flux.fromStream(
                        IntStream.rangeClosed(-DAYS_BEHIND, DAYS_AHEAD).mapToObj(today::plusDays)))
                .concatMap(day -> Flux.fromIterable(LOGS).concatMap(log -> make(connection, log, day)))
                .then());
    }

    /**
     * Removes the partitions of a log whose day is before the last {@code days} days, an hour after it came to that. Does
     * nothing while another node does so.
     */
    public Mono<Void> removeOlder(String log, int days) {
        return withConnection(connection -> first(connection, REMOVE_ALONE, Boolean.class)
                .filter(alone -> alone)
                .flatMap(alone -> first(connection, TODAY_AN_HOUR_AGO, LocalDate.class))
                .flatMapMany(today -> names(connection, log, today.minusDays(days)))
                .concatMap(partition -> remove(connection, log, partition))
                .then()
                // A session ends some time after its connection is closed, and would keep us from the next log until
                // then.
                .then(Mono.defer(() -> run(connection, LET_OTHERS))));
    }

    private Mono<Void> withConnection(java.util.function.Function<PostgresqlConnection, Mono<Void>> work) {
        return Mono.usingWhen(
                database.connect("sluice-partitions"),
                connection -> run(connection, SETTINGS).then(Mono.defer(() -> work.apply(connection))),
                PostgresqlConnection::close);
    }

    private static <T> Mono<T> first(PostgresqlConnection connection, String statement, Class<T> type) {
        return connection
                .createStatement(statement)
                .execute()
                .concatMap(result -> result.map((row, columns) -> row.get(0, type)))
                .next()
                .timeout(Database.SILENCE_MAX);
    }

    private static Mono<Void> make(PostgresqlConnection connection, String log, LocalDate day) {
        String partition = name(log, day);
        Mono<Void> makeIt = run(connection, CREATE.formatted(partition, log, STORAGE.getOrDefault(log, "")))
                .then(Mono.defer(() -> prepare(connection, log, partition)))
                .then(Mono.defer(() -> run(
                        connection, ATTACH.formatted(log, partition, bound(log, day), bound(log, day.plusDays(1))))));
        Mono<Boolean> attached = isAttached(connection, log, partition);
        return attached.flatMap(there -> there ? Mono.<Void>empty() : makeIt)
                .onErrorResume(error -> attached.flatMap(there -> there ? Mono.empty() : Mono.error(error)))
                .retryWhen(again());
    }

    private static Mono<Void> prepare(PostgresqlConnection connection, String log, String partition) {
        String statement = PREPARE.get(log);
        return statement == null ? Mono.empty() : run(connection, statement.formatted(partition));
    }

    private static Mono<Boolean> isAttached(PostgresqlConnection connection, String log, String partition) {
        return connection
                .createStatement(IS_ATTACHED)
                .bind("$1", log)
                .bind("$2", partition)
                .execute()
                .concatMap(result -> result.map((row, columns) -> true))
                .next()
                .timeout(Database.SILENCE_MAX)
                .defaultIfEmpty(false);
    }

    private static String bound(String log, LocalDate day) {
        return "dedupe_key".equals(log)
                ? day.toString()
                : day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }

    private static String name(String log, LocalDate day) {
        return log + "_" + day.format(SUFFIX);
    }

    private static Flux<String> names(PostgresqlConnection connection, String log, LocalDate before) {
        return connection
                .createStatement(OLDER)
                .bind("$1", log)
                .bind("$2", name(log, before))
                .execute()
                .concatMap(result -> result.map((row, columns) -> row.get(0, String.class)))
                .collectList()
                .timeout(Database.SILENCE_MAX)
                .flatMapIterable(names -> names);
    }

    private static Mono<Void> remove(PostgresqlConnection connection, String log, String partition) {
        // A detach that was cut short has to be finished before anything else can be done with the partition.
        return run(connection, DETACH.formatted(log, partition))
                .onErrorResume(error -> run(connection, FINISH_DETACH.formatted(log, partition))
                        .onErrorResume(notPending -> Mono.error(error)))
                .retryWhen(again())
                .then(Mono.defer(() -> run(connection, DROP.formatted(partition)))
                        .retryWhen(again()));
    }

    private static Retry again() {
        return Retry.fixedDelay(TRIES, AGAIN).filter(error -> error instanceof R2dbcException);
    }

    private static Mono<Void> run(PostgresqlConnection connection, String statement) {
        return connection
                .createStatement(statement)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then()
                .timeout(Database.SILENCE_MAX);
    }
}
