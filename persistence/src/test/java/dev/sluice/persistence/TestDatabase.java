package dev.sluice.persistence;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for the test run, and a fresh, migrated database for whoever asks. */
public final class TestDatabase {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final EmbeddedDatabase SERVER = startServer();

    private TestDatabase() {}

    private static EmbeddedDatabase startServer() {
        EmbeddedDatabase server = EmbeddedDatabase.start(
                Path.of("target", "test-database-" + ProcessHandle.current().pid()), Path.of("target"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-test-database"));
        return server;
    }

    /** A new database with the schema in it. */
    public static Database create() {
        Database database = createEmpty();
        Migrations.apply(database.address());
        new Partitions(database).makeAhead().block(PATIENCE);
        return database;
    }

    /** A new database with nothing in it. */
    public static Database createEmpty() {
        DatabaseAddress address = SERVER.address().withDatabase("test_" + NEXT.incrementAndGet());
        try (Database maintenance = new Database(SERVER.address(), 1)) {
            maintenance
                    .client()
                    .sql("CREATE DATABASE " + address.database())
                    .then()
                    .block(PATIENCE);
        }
        return new Database(address, 8);
    }
}
