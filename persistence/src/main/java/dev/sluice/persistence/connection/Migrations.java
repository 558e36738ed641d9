package dev.sluice.persistence.connection;

import org.flywaydb.core.Flyway;

/** Brings the schema to this version. Blocks, so it runs before readiness only. */
public final class Migrations {
    private Migrations() {}

    /** Applies what is missing; a schema that is newer than this code is left as it is. */
    public static void apply(DatabaseAddress address) {
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .connectRetries(10)
                .load()
                .migrate();
    }
}
