package dev.sluice.persistence.epoch;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.progress.EventChange;
import dev.sluice.persistence.progress.EventChanges;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Takes over what a dead epoch left: ends its sessions, closes its fence, and then turns all that it committed and did not
 * account for into owed deliveries, and makes it searchable. Each step may be repeated, and by several nodes at once.
 */
final class Takeover {
    static final Duration DEAD_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final long CLOSE_TRIES = 50;
    private static final int CHANGES_AT_ONCE = 512;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String SETTINGS =
            "SET lock_timeout = '1s'; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
    private static final String FORMER = """
            SELECT id FROM epoch WHERE node = :node AND id < :current AND recovered_at IS NULL ORDER BY id""";
    private static final String DEAD = """
            SELECT id FROM epoch
             WHERE recovered_at IS NULL AND beat_at < now() - make_interval(secs => :seconds) ORDER BY id""";
    /** A paused COPY is ended by no timeout, holds the fence and would stall its neighbours. */
    private static final String END_SESSIONS = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE application_name = $1 AND datname = current_database() AND usename = current_user""";

    private static final String CLOSE_FENCE = """
            UPDATE epoch_fence SET closed_at = coalesce(closed_at, now()) WHERE id = $1""";
    private static final String LOCK_UNRECOVERED = """
            SELECT watermark_at - interval '1 minute' AS since FROM epoch
             WHERE id = $1 AND recovered_at IS NULL FOR UPDATE SKIP LOCKED""";
    /**
     * The log's key has the instance first: so from each instance, its events since. The minute before the watermark is for
     * a clock that was set back; what is accounted for there is left out like anywhere else.
     * What stands in lines has been owed since its commit.
     */
    private static final String OWE_UNACCOUNTED = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
            SELECT endpoint.id, unaccounted.id, part, unaccounted.instance_id, 0, now()
              FROM instance
             CROSS JOIN LATERAL (
                   SELECT event.instance_id, event.id, event.endpoint_ids, event.parts FROM event
                    WHERE event.instance_id = instance.id AND event.id >= $2 AND event.received_at >= $3
                      AND event.epoch = $1 AND event.order_keys IS NULL) AS unaccounted
             CROSS JOIN LATERAL unnest(unaccounted.endpoint_ids) AS endpoint (id)
             CROSS JOIN LATERAL generate_series(0, unaccounted.parts - 1) AS part
             WHERE NOT EXISTS (
                   SELECT FROM attempt
                    WHERE attempt.event_id = unaccounted.id AND attempt.endpoint_id = endpoint.id
                      AND attempt.part = part AND attempt.ending IS NOT NULL)
            ON CONFLICT DO NOTHING""";

    /** Whatever has no search row yet gets one, also what is owed to nobody and would have no outcome to come with. */
    private static final String NOT_SEARCHABLE = """
            SELECT unknown.instance_id, unknown.id, unknown.received_at
              FROM instance
             CROSS JOIN LATERAL (
                   SELECT event.instance_id, event.id, event.received_at FROM event
                    WHERE event.instance_id = instance.id AND event.id >= $2 AND event.received_at >= $3
                      AND event.epoch = $1) AS unknown
             WHERE NOT EXISTS (
                   SELECT FROM event_search
                    WHERE event_search.organization_id = instance.organization_id
                      AND event_search.event_id = unknown.id AND event_search.received_at = unknown.received_at)""";

    private static final String RECOVERED = "UPDATE epoch SET recovered_at = now() WHERE id = $1";

    private final Database database;

    Takeover(Database database) {
        this.database = database;
    }

    /** Takes over all earlier epochs of a node that has begun a new one. */
    Mono<Void> former(String node, int current) {
        return takeOverEach(database.client().sql(FORMER).bind("node", node).bind("current", current));
    }

    /** Takes over every epoch that has not beaten for {@link #DEAD_AFTER}. */
    Mono<Void> dead() {
        return takeOverEach(database.client().sql(DEAD).bind("seconds", (double) DEAD_AFTER.toSeconds()));
    }

    /** Looks on a pooled connection, because it looks all the time; there is hardly ever anything to take over. */
    private Mono<Void> takeOverEach(DatabaseClient.GenericExecuteSpec epochs) {
        return epochs.map((row, columns) -> Objects.requireNonNull(row.get(0, Integer.class)))
                .all()
                .collectList()
                .filter(found -> !found.isEmpty())
                .flatMap(this::takeOverAll);
    }

    private Mono<Void> takeOverAll(List<Integer> epochs) {
        return Mono.usingWhen(
                connect(),
                connection -> Flux.fromIterable(epochs)
                        .concatMap(epoch -> takeOver(connection, epoch))
                        .then(),
                PostgresqlConnection::close);
    }

    private Mono<PostgresqlConnection> connect() {
        return database.connect("sluice-takeover")
                .flatMap(connection ->
                        connection.createStatement(SETTINGS).execute().then().thenReturn(connection));
    }

    private static Mono<Void> takeOver(PostgresqlConnection connection, int epoch) {
        return closeFence(connection, epoch).then(Mono.defer(() -> recover(connection, epoch)));
    }

    private static Mono<Void> closeFence(PostgresqlConnection connection, int epoch) {
        return Mono.defer(() -> endSessions(connection, epoch))
                .then(Mono.defer(() -> updated(connection, CLOSE_FENCE, epoch)))
                .retryWhen(Retry.fixedDelay(CLOSE_TRIES, AGAIN).filter(Takeover::isStillHeld))
                .then();
    }

    private static Mono<Void> endSessions(PostgresqlConnection connection, int epoch) {
        return connection
                .createStatement(END_SESSIONS)
                .bind("$1", Epoch.sessionName(epoch))
                .execute()
                .concatMap(ended -> ended.map((row, columns) -> row.get(0, Long.class)))
                .doOnNext(count -> LOG.debug("Ended {} sessions of epoch {}", count, epoch))
                .then()
                .timeout(Database.SILENCE_MAX);
    }

    private static boolean isStillHeld(Throwable error) {
        return error instanceof R2dbcException fromServer && LOCK_NOT_AVAILABLE.equals(fromServer.getSqlState());
    }

    private static Mono<Void> recover(PostgresqlConnection connection, int epoch) {
        return connection
                .beginTransaction()
                .timeout(Database.SILENCE_MAX)
                .then(Mono.defer(() -> lock(connection, epoch)))
                .flatMap(since -> owe(connection, epoch, since))
                .then(Mono.defer(connection::commitTransaction).timeout(Database.SILENCE_MAX))
                .onErrorResume(error -> connection
                        .rollbackTransaction()
                        .timeout(Database.SILENCE_MAX)
                        .onErrorComplete()
                        .then(Mono.error(error)));
    }

    /** Since when it may have left something; empty when it is recovered already, or just being recovered by another. */
    private static Mono<Instant> lock(PostgresqlConnection connection, int epoch) {
        return connection
                .createStatement(LOCK_UNRECOVERED)
                .bind("$1", epoch)
                .execute()
                .concatMap(found -> found.map((row, columns) -> row.get("since", Instant.class)))
                .next()
                .timeout(Database.SILENCE_MAX);
    }

    private static Mono<Long> owe(PostgresqlConnection connection, int epoch, Instant since) {
        return connection
                .createStatement(OWE_UNACCOUNTED)
                .bind("$1", epoch)
                .bind("$2", earliestId(since))
                .bind("$3", since)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .next()
                .timeout(Database.SILENCE_MAX)
                .doOnNext(owed -> LOG.info("Took over epoch {}: {} deliveries are owed", epoch, owed))
                .then(Mono.defer(() -> makeSearchable(connection, epoch, since)))
                .then(Mono.defer(() -> updated(connection, RECOVERED, epoch)));
    }

    private static Mono<Void> makeSearchable(PostgresqlConnection connection, int epoch, Instant since) {
        return connection
                .createStatement(NOT_SEARCHABLE)
                .bind("$1", epoch)
                .bind("$2", earliestId(since))
                .bind("$3", since)
                .execute()
                .concatMap(found -> found.map((row, columns) -> EventChange.none(
                        row.get("id", UUID.class),
                        row.get("instance_id", Long.class),
                        row.get("received_at", Instant.class))))
                .collectList()
                .timeout(Database.SILENCE_MAX)
                .flatMapIterable(found -> found)
                .buffer(CHANGES_AT_ONCE)
                .concatMap(changes ->
                        EventChanges.of(changes).write(connection, epoch).timeout(Database.SILENCE_MAX))
                .then();
    }

    /** Below every id of that time or later: an id's first 48 bits are its milliseconds. */
    private static UUID earliestId(Instant since) {
        return new UUID(since.toEpochMilli() << 16, 0);
    }

    private static Mono<Long> updated(PostgresqlConnection connection, String statement, int epoch) {
        return connection
                .createStatement(statement)
                .bind("$1", epoch)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .next()
                .timeout(Database.SILENCE_MAX);
    }
}
