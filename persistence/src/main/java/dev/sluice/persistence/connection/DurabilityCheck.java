package dev.sluice.persistence.connection;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Whether what this server commits is still there after a power cut. It may be asked again at any time: settings change
 * while a server runs, also for one role or one database only.
 */
public final class DurabilityCheck {
    private static final String SETTINGS = """
            SELECT current_setting('server_version_num')::int AS version,
                   current_setting('fsync') AS fsync,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('full_page_writes') AS full_page_writes,
                   pg_is_in_recovery() AS standby""";

    private final Database database;

    public DurabilityCheck(Database database) {
        this.database = database;
    }

    /**
     * What keeps this server from being used, each in one sentence with value and expectation; empty when nothing does.
     * It connects anew, as a session keeps the settings it began with; an error says that there is no connection.
     */
    public Mono<List<String>> problems() {
        return Mono.usingWhen(
                        database.connect("sluice durability check"), DurabilityCheck::read, PostgresqlConnection::close)
                .map(ServerSettings::problems);
    }

    private static Mono<ServerSettings> read(PostgresqlConnection connection) {
        return connection
                .createStatement(SETTINGS)
                .execute()
                .concatMap(result -> result.map(ServerSettings::from))
                .next();
    }
}
