package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.Database;
import java.util.concurrent.atomic.AtomicBoolean;

/** Storage that may be used: the server runs, the database is reachable, durable and migrated. */
final class OpenStorage implements AutoCloseable {
    private final Storage storage;
    private final Database database;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OpenStorage(Storage storage, Database database) {
        this.storage = storage;
        this.database = database;
    }

    /** Opens it. Blocks; errors as in {@link Storage#open} and {@link FirstContact#with}. */
    static OpenStorage open(StorageSettings settings) {
        Storage storage = Storage.open(settings);
        try {
            Database database = new Database(storage.address(), settings.databasePoolSize());
            return new OpenStorage(storage, FirstContact.with(database, settings.migrate()));
        } catch (RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    NodeIdentity node() {
        return storage.node();
    }

    Database database() {
        return database;
    }

    /** Closes the pool, then the server. Doing it again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            database.close();
            storage.close();
        }
    }
}
