package dev.sluice.persistence.connection;

import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** Brings the schema to this version. Blocks, so it runs before readiness only. */
public final class Migrations {
    private Migrations() {}

    /** Applies what is missing; a schema that is newer than this code is left as it is. */
    public static void apply(DatabaseAddress address) {
        flyway(address).migrate();
    }

    /** The versions that {@link #apply} would apply, in their order; changes nothing. */
    public static List<String> missing(DatabaseAddress address) {
        return Stream.of(flyway(address).info().pending())
                .map(migration -> String.valueOf(migration.getVersion()))
                .toList();
    }

    private static Flyway flyway(DatabaseAddress address) {
        return Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .connectRetries(10)
                .load();
    }
}
