package dev.sluice.persistence.instance;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hears of changed instances from PostgreSQL, on a connection of its own, and knows up to when it has heard everything: a
 * connection can be dead for long without a sign, so it is asked again and again.
 */
final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final String LISTEN = "LISTEN sluice_instance";
    private static final String BEAT = "SELECT 1";
    private static final Duration BEAT_PAUSE = Duration.ofMillis(250);
    private static final Duration BEAT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

    private final Database database;
    private final LongConsumer onChange;
    private final LongSupplier nanoTime;
    private final Disposable.Swap listening = Disposables.swap();
    private volatile Coverage coverage = new Coverage(0, 0);
    private volatile long warnedSession = -1;

    /**
     * What has been heard.
     *
     * @param session counts connections; 0 while there has been none. Changes between two sessions are not heard
     * @param until nano time up to which this session has heard of all changes
     */
    record Coverage(long session, long until) {
        private Coverage extendedTo(long later) {
            return new Coverage(session, later);
        }
    }

    /** @param onChange is told the id of each changed instance, on a thread that must not be blocked */
    ChangeFeed(Database database, LongConsumer onChange, LongSupplier nanoTime) {
        this.database = database;
        this.onChange = onChange;
        this.nanoTime = nanoTime;
    }

    Coverage coverage() {
        return coverage;
    }

    /** Begins to listen, and connects again whenever the connection is lost. */
    void start() {
        listening.update(Flux.usingWhen(database.connect("sluice-listener"), this::listen, PostgresqlConnection::close)
                .doOnError(this::warnOnce)
                .onErrorComplete()
                .then(Mono.delay(RECONNECT_PAUSE))
                .repeat()
                .subscribe());
    }

    /** Once a session: while the database is away, trying again fails several times a second. */
    private void warnOnce(Throwable error) {
        long session = coverage.session();
        if (session != warnedSession) {
            warnedSession = session;
            LOG.warn("Listening for changed instances ended, trying again: {}", error.toString());
        }
    }

    private Flux<Void> listen(PostgresqlConnection connection) {
        // Notifications first: whoever subscribes later misses those that came before.
        return Flux.merge(
                connection.getNotifications().doOnNext(this::heard).then(),
                begin(connection).thenMany(Flux.defer(() -> beats(connection))));
    }

    private void heard(Notification notification) {
        String id = notification.getParameter();
        if (id != null) {
            onChange.accept(Long.parseLong(id));
        }
    }

    private Mono<Void> begin(PostgresqlConnection connection) {
        return Mono.defer(() -> {
            long asked = nanoTime.getAsLong();
            return run(connection, LISTEN)
                    .doOnSuccess(unused -> coverage = new Coverage(coverage.session() + 1, asked));
        });
    }

    private Flux<Void> beats(PostgresqlConnection connection) {
        return beat(connection).then(Mono.delay(BEAT_PAUSE)).then().repeat();
    }

    /** The server answers only after it has sent what was committed before it was asked. */
    private Mono<Void> beat(PostgresqlConnection connection) {
        return Mono.defer(() -> {
            long asked = nanoTime.getAsLong();
            return run(connection, BEAT).doOnSuccess(unused -> coverage = coverage.extendedTo(asked));
        });
    }

    private static Mono<Void> run(PostgresqlConnection connection, String sql) {
        return connection
                .createStatement(sql)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then()
                .timeout(BEAT_TIMEOUT);
    }

    @Override
    public void close() {
        listening.dispose();
    }
}
