package dev.sluice.gateway.lifecycle;

import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;

/** The database as it stands once this exists: running, migrated. Closed after everything that uses it. */
final class Storage implements AutoCloseable {
    private final DatabaseAddress address;
    private final @Nullable EmbeddedDatabase embedded;

    private Storage(DatabaseAddress address, @Nullable EmbeddedDatabase embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    static Storage open(StorageSettings settings) {
        EmbeddedDatabase embedded = settings.embedded() ? EmbeddedDatabase.start(settings.dataDir()) : null;
        DatabaseAddress address = embedded == null ? DatabaseAddress.parse(settings.databaseUrl()) : embedded.address();
        if (settings.migrate()) {
            Migrations.apply(address);
        }
        return new Storage(address, embedded);
    }

    DatabaseAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
