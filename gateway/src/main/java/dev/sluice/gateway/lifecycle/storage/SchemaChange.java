package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;

/** Brings the schema to this version without a gateway, for installations whose nodes start with {@code sluice.migrate=false}. */
public final class SchemaChange {
    private SchemaChange() {}

    /**
     * Changes the database that the environment names. Blocks; doing it again changes nothing.
     *
     * @return which database it was, without its password
     * @throws StartRefusedException when there is none, it does not answer, or would lose webhooks
     */
    public static String ofThisEnvironment() {
        return of(StorageSettings.ofThisEnvironment());
    }

    static String of(StorageSettings settings) {
        if (settings.embedded()) {
            throw new StartRefusedException(
                    "SLUICE_DATABASE_URL is not set",
                    "Set it to the database to migrate; an embedded one is migrated when its gateway starts.");
        }
        DatabaseAddress address = Storage.address(settings.databaseUrl());
        FirstContact.with(new Database(address, 1), true).close();
        return address.toString();
    }
}
