package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.DurabilityCheck;
import dev.sluice.persistence.connection.Migrations;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What happens before anything else may use a database: it answers, it is durable, its schema is this version's. */
final class FirstContact {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    /** What to do about a schema that is behind. */
    static final String MIGRATE =
            "Run `java -jar sluice.jar migrate` with this SLUICE_DATABASE_URL, as the Helm chart's Job does; "
                    + "nodes of the version before go on meanwhile.";

    private static final int TRIES_MAX = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private FirstContact() {}

    /**
     * Waits half a minute for the server, as it may be starting too.
     *
     * @throws StartRefusedException when it does not answer by then, does not keep what it commits, or lacks what somebody else
     *     was to migrate
     */
    static Database with(Database database, boolean migrate) {
        try {
            List<String> problems = new DurabilityCheck(database)
                    .problems()
                    .retryWhen(Retry.fixedDelay(TRIES_MAX, PAUSE).doBeforeRetry(retry -> announce(database, retry)))
                    .onErrorResume(Exceptions::isRetryExhausted, error -> Mono.error(unreachable(database, error)))
                    .blockOptional()
                    .orElseThrow();
            if (!problems.isEmpty()) {
                throw new StartRefusedException(
                        "database " + database.address() + " would lose webhooks: " + String.join("; ", problems),
                        "Change these settings of the server, its databases and roles, then start again.");
            }
            if (migrate) {
                Migrations.apply(database.address());
            } else {
                requireMigrated(database.address());
            }
            return database;
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /** What a statement misses would show at the first webhook only. */
    private static void requireMigrated(DatabaseAddress address) {
        List<String> missing = Migrations.missing(address);
        if (!missing.isEmpty()) {
            throw new StartRefusedException(
                    "the schema of database " + address + " lacks this version's migrations "
                            + String.join(", ", missing) + ", and SLUICE_MIGRATE is false",
                    MIGRATE);
        }
    }

    private static void announce(Database database, Retry.RetrySignal retry) {
        if (retry.totalRetries() % 5 == 1) {
            LOG.info(
                    "Waiting for database {}: {}",
                    database.address(),
                    retry.failure().getMessage());
        }
    }

    private static StartRefusedException unreachable(Database database, Throwable exhausted) {
        Throwable cause = exhausted.getCause() == null ? exhausted : exhausted.getCause();
        return new StartRefusedException(
                "database " + database.address() + " does not answer: " + cause.getMessage(),
                "Check that it runs, that SLUICE_DATABASE_URL names it, and that its user and password are right.");
    }
}
