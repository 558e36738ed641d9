package dev.sluice.persistence.connection;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way to PostgreSQL: a pool for requests, and connections of their own for what must never wait behind them (the log's
 * writers, the beat).
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
    /** From opening a connection to its first use; a network that swallows everything answers nothing. */
    private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

    /**
     * After the server has given a statement up by itself, so that only silence is met by it: a connection whose other end is
     * gone without a word would be waited for for ever.
     */
    public static final Duration SILENCE_MAX = STATEMENT_TIMEOUT.plusSeconds(5);

    private final DatabaseAddress address;
    private final ConnectionPool pool;
    private final DatabaseClient client;

    /**
     * @param address where it is; nothing is connected to yet
     * @param poolSizeMax the most pooled connections, at least 1; those of their own come on top
     */
    public Database(DatabaseAddress address, int poolSizeMax) {
        this.address = address;
        this.pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(configuration("sluice")))
                        .initialSize(0)
                        .maxSize(poolSizeMax)
                        .maxAcquireTime(ACQUIRE_TIMEOUT)
                        // After a restart all pooled connections may be dead: each is found out by being asked for.
                        .acquireRetry(poolSizeMax)
                        .maxCreateConnectionTime(GREETING_TIMEOUT)
                        .maxIdleTime(Duration.ofMinutes(5))
                        .validationQuery("SELECT 1")
                        .maxValidationTime(VALIDATION_TIMEOUT)
                        .build());
        this.client = DatabaseClient.builder()
                .connectionFactory(pool)
                .executeFunction(Database::execute)
                .build();
    }

    /** Only the first answer is timed: how long the rows take is up to whoever reads them. */
    private static Flux<Result> execute(Statement statement) {
        return Flux.from(statement.execute())
                .map(Result.class::cast)
                .timeout(Mono.delay(SILENCE_MAX), result -> Mono.never());
    }

    /** Runs statements on pooled connections. */
    public DatabaseClient client() {
        return client;
    }

    /**
     * Opens a connection outside the pool; whoever asks closes it.
     *
     * @param applicationName shown in {@code pg_stat_activity}, where a takeover finds the sessions to end
     */
    public Mono<PostgresqlConnection> connect(String applicationName) {
        return Mono.defer(() -> new PostgresqlConnectionFactory(configuration(applicationName)).create())
                .timeout(GREETING_TIMEOUT);
    }

    private PostgresqlConnectionConfiguration configuration(String applicationName) {
        return PostgresqlConnectionConfiguration.builder()
                .host(address.host())
                .port(address.port())
                .database(address.database())
                .username(address.user())
                .password(address.password())
                .applicationName(applicationName)
                .connectTimeout(CONNECT_TIMEOUT)
                .tcpKeepAlive(true)
                // There are none, and to look for them opens every jar.
                .autodetectExtensions(false)
                .options(Map.of(
                        "TimeZone",
                        "UTC",
                        // To compile a statement takes longer than any of ours runs.
                        "jit",
                        "off",
                        "statement_timeout",
                        String.valueOf(STATEMENT_TIMEOUT.toMillis()),
                        "idle_in_transaction_session_timeout",
                        String.valueOf(IDLE_IN_TRANSACTION_TIMEOUT.toMillis())))
                .build();
    }

    /** Where this is. */
    public DatabaseAddress address() {
        return address;
    }

    /** Closes the pooled connections. */
    @Override
    public void close() {
        pool.dispose();
    }
}
