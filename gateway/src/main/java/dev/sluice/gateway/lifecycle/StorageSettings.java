package dev.sluice.gateway.lifecycle;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this node keeps what it must not lose.
 *
 * @param dataDir the embedded database and this node's identity, relative to the working directory
 * @param databaseUrl the external PostgreSQL, empty for the embedded one
 * @param databasePoolSize the most pooled connections, at least 1
 * @param migrate whether the schema is brought up to date at start
 */
@ConfigurationProperties("sluice")
record StorageSettings(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("") String databaseUrl,
        @DefaultValue("10") int databasePoolSize,
        @DefaultValue("true") boolean migrate) {

    /** Whether the database is one of our own. */
    boolean embedded() {
        return databaseUrl.isBlank();
    }
}
