package dev.sluice.persistence.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** What time it is by the database's clock, which all nodes share. */
public final class ServerTime {
    private static final String AFTER = "SELECT now() + :wait * interval '1 second' AS instant";

    private final Database database;

    public ServerTime(Database database) {
        this.database = database;
    }

    /** The instant that comes this long after now, in whole seconds. */
    public Mono<Instant> after(Duration wait) {
        return database.client()
                .sql(AFTER)
                .bind("wait", wait.toSeconds())
                .map(row -> Objects.requireNonNull(row.get("instant", Instant.class)))
                .one();
    }
}
