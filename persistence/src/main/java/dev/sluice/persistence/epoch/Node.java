package dev.sluice.persistence.epoch;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.StoreUnavailableException;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * This process among its fellows: it registers an epoch and beats; when another has taken it over, it begins a new one; and
 * it takes over the dead.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(900);
    private static final Duration LOOK_FOR_DEAD = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    /** A session of an epoch waits for no lock long, and never lets the planner prefer a scan while statistics are new. */
    private static final String SESSION_SETTINGS = """
            SET lock_timeout = '1s'; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off""";

    /** An epoch must survive a crash, or its number would be given away again; a lost beat only makes recovery look longer. */
    private static final String REGISTER_SETTINGS = "SET synchronous_commit = on";

    private static final String BEAT_SETTINGS = "SET synchronous_commit = off";

    private final Database database;
    private final String name;
    private final Takeover takeover;
    private final DatabaseClock clock = new DatabaseClock();
    private final Disposable.Composite running = Disposables.composite();
    private volatile Runnable onSilence = () -> {};
    private volatile @Nullable Epoch epoch;
    private volatile @Nullable PostgresqlConnection beatConnection;
    private volatile long beatingSinceNanos;

    /** @param name the same in every run of this node, and no other live node's: its next run takes over at once */
    public Node(Database database, String name) {
        this.database = database;
        this.name = name;
        this.takeover = new Takeover(database);
    }

    /** Joins, takes over this node's former runs, and keeps beating. Completes when all that is owed by them has a row. */
    public Mono<Void> start() {
        return Mono.defer(this::beat).then(Mono.defer(this::takeOverFormer)).doOnSuccess(joined -> {
            running.add(keepBeating().subscribe());
            running.add(keepLooking().subscribe());
        });
    }

    /** Told, on any thread, whenever the database does not answer a beat. */
    public void onSilence(Runnable listener) {
        this.onSilence = listener;
    }

    public DatabaseClock clock() {
        return clock;
    }

    /** Whether attempts may be begun: not when the last beat is so old that another node may be taking over. */
    public boolean mayAttempt() {
        Epoch current = epoch;
        return current != null && !current.isLost() && clock.silence().compareTo(SILENCE_MAX) < 0;
    }

    /** The epoch going on, or null before the first and between two. */
    public @Nullable Epoch epoch() {
        Epoch current = epoch;
        return current == null || current.isLost() ? null : current;
    }

    /** A connection that writes in the name of the epoch going on; {@link StoreUnavailableException} when there is none. */
    public Mono<EpochSession> openSession() {
        return Mono.defer(() -> {
            Epoch current = epoch();
            return current == null
                    ? Mono.error(new StoreUnavailableException("No epoch goes on"))
                    : database.connect(current.sessionName())
                            .flatMap(connection ->
                                    configured(connection, SESSION_SETTINGS).timeout(SILENCE_MAX))
                            .map(connection -> new EpochSession(current, connection));
        });
    }

    private static Mono<PostgresqlConnection> configured(PostgresqlConnection connection, String settings) {
        return connection
                .createStatement(settings)
                .execute()
                .concatMap(PostgresqlResult::getRowsUpdated)
                .then(Mono.just(connection));
    }

    private Flux<Void> keepBeating() {
        return Mono.defer(this::beat)
                .onErrorResume(this::silent)
                .then(Mono.delay(BEAT))
                .then()
                .repeat();
    }

    private Mono<Void> beat() {
        return beatConnection().flatMap(this::beat);
    }

    private Mono<Void> beat(PostgresqlConnection connection) {
        Epoch current = epoch();
        if (current == null) {
            return register(connection);
        }
        long asked = System.nanoTime();
        return EpochRepository.beat(connection, current)
                .timeout(ANSWER_TIMEOUT)
                .doOnNext(now -> clock.observe(now, asked))
                .hasElement()
                .flatMap(open -> open ? Mono.<Void>empty() : replace(connection, current));
    }

    private Mono<Void> replace(PostgresqlConnection connection, Epoch taken) {
        LOG.warn("Epoch {} was taken over by another node; a new one begins", taken.id());
        taken.lose();
        return register(connection);
    }

    private Mono<Void> register(PostgresqlConnection connection) {
        long asked = System.nanoTime();
        return configured(connection, REGISTER_SETTINGS)
                .then(Mono.defer(() -> EpochRepository.register(connection, name)))
                .timeout(SILENCE_MAX)
                .doOnNext(registered -> {
                    clock.observe(registered.now(), asked);
                    epoch = new Epoch(registered.id(), clock);
                    LOG.debug("Epoch {} of node {} begins", registered.id(), name);
                })
                .then(Mono.defer(() -> configured(connection, BEAT_SETTINGS)).timeout(SILENCE_MAX))
                .then();
    }

    private Mono<PostgresqlConnection> beatConnection() {
        PostgresqlConnection live = beatConnection;
        if (live != null) {
            return Mono.just(live);
        }
        return database.connect("sluice-beat")
                .flatMap(fresh -> configured(fresh, BEAT_SETTINGS))
                .timeout(SILENCE_MAX)
                .doOnNext(connection -> {
                    beatConnection = connection;
                    beatingSinceNanos = System.nanoTime();
                });
    }

    private Mono<Void> silent(Throwable error) {
        LOG.debug("The database did not answer a beat", error);
        PostgresqlConnection dead = beatConnection;
        beatConnection = null;
        onSilence.run();
        return dead == null ? Mono.empty() : dead.close().timeout(BEAT).onErrorComplete();
    }

    private Mono<Void> takeOverFormer() {
        Epoch current = epoch();
        return current == null ? Mono.empty() : takeover.former(name, current.id());
    }

    private Flux<Void> keepLooking() {
        return Mono.delay(LOOK_FOR_DEAD)
                .then(Mono.defer(this::takeOverDead))
                .onErrorResume(error -> {
                    LOG.debug("Looking for dead nodes failed", error);
                    return Mono.empty();
                })
                .repeat();
    }

    private Mono<Void> takeOverDead() {
        boolean settled =
                beatConnection != null && System.nanoTime() - beatingSinceNanos > Takeover.DEAD_AFTER.toNanos();
        Mono<Void> others = settled ? takeover.dead() : Mono.empty();
        return takeOverFormer().then(others);
    }

    /** Leaves: stops beating. What is not accounted for is taken over by this node's next run, or by another's. */
    @Override
    public void close() {
        running.dispose();
        PostgresqlConnection live = beatConnection;
        if (live != null) {
            live.close().subscribe();
        }
    }
}
