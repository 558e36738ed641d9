package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases of their own on one server, which all rigs share. */
final class RigDatabase {
    private static final int CONNECTIONS = 8;
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Path TARGET = Path.of("target");
    private static final EmbeddedDatabase SERVER = startServer();

    private RigDatabase() {}

    private static EmbeddedDatabase startServer() {
        EmbeddedDatabase server = EmbeddedDatabase.start(
                TARGET.resolve("delivery-database-" + ProcessHandle.current().pid()), TARGET);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-delivery-database"));
        return server;
    }

    /** An empty one. */
    static DatabaseAddress create() {
        DatabaseAddress address = SERVER.address().withDatabase("delivery_" + NEXT.incrementAndGet());
        try (Database maintenance = new Database(SERVER.address(), 1)) {
            maintenance
                    .client()
                    .sql("CREATE DATABASE " + address.database())
                    .then()
                    .block(GUARD);
        }
        return address;
    }

    /** Where the keyset of a database is that nobody keeps. */
    static Path keyset(DatabaseAddress address) {
        return TARGET.resolve("keyset-of-" + address.database() + ".json");
    }

    /** Opens one whose schema and partitions are there. */
    static Database open(DatabaseAddress address) {
        return new Database(address, CONNECTIONS);
    }

    /** Opens one as a node that is the first there does. */
    static Database prepare(DatabaseAddress address) {
        Migrations.apply(address);
        Database database = open(address);
        new Partitions(database).makeAhead().block(GUARD);
        return database;
    }
}
