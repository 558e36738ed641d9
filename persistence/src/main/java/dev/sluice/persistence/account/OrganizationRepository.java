package dev.sluice.persistence.account;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps organizations. */
public final class OrganizationRepository {
    private static final String INSERT = """
            INSERT INTO organization (name, secret_hash) VALUES (:name, :hash)
            RETURNING id, name, created_at""";
    private static final String LIST = """
            SELECT id, name, created_at FROM organization WHERE id > :after ORDER BY id LIMIT :limit""";
    private static final String ROTATE = """
            UPDATE organization
               SET former_secret_hash = secret_hash,
                   former_secret_until = now() + :overlap * interval '1 second',
                   secret_hash = :hash
             WHERE id = :id
            RETURNING former_secret_until""";

    private static final String POLICY = "SELECT failure_policy FROM organization WHERE id = :id";
    /** Instances are read with it, so all of them have changed. */
    private static final String SET_POLICY = """
            WITH changed AS (
                UPDATE organization SET failure_policy = :policy WHERE id = :id RETURNING id),
            told AS MATERIALIZED (
                SELECT pg_notify('sluice_instance', instance.id::text)
                  FROM changed JOIN instance ON instance.organization_id = changed.id AND deleted_at IS NULL)
            SELECT id, (SELECT count(*) FROM told) AS told FROM changed""";

    private final DatabaseClient database;

    public OrganizationRepository(Database database) {
        this.database = database.client();
    }

    /** Makes an organization without users. Repeating it makes another. */
    public Mono<Organization> create(String name, String secret) {
        return database.sql(INSERT)
                .bind("name", name)
                .bind("hash", SecretHash.of(secret))
                .map(Organization::read)
                .one();
    }

    /**
     * Organizations by number.
     *
     * @param after those above this number, 0 for the first
     * @param limit at most that many, 1 or more
     */
    public Flux<Organization> list(long after, int limit) {
        return database.sql(LIST)
                .bind("after", after)
                .bind("limit", limit)
                .map(Organization::read)
                .all();
    }

    /**
     * Gives an organization another secret. The one it replaces stays valid for a while, the one before that ends at once.
     *
     * @param overlap how long both are valid, in whole seconds; zero ends the former at once
     * @return until when the former is valid; empty when there is no such organization
     */
    public Mono<Instant> rotate(long id, String secret, Duration overlap) {
        return database.sql(ROTATE)
                .bind("id", id)
                .bind("hash", SecretHash.of(secret))
                .bind("overlap", overlap.toSeconds())
                .map(row -> requireNonNull(row.get("former_secret_until", Instant.class)))
                .one();
    }

    /** What is done with its deliveries that failed; empty when there is no such organization. */
    public Mono<FailurePolicy> failurePolicy(long id) {
        return database.sql(POLICY)
                .bind("id", id)
                .map(row -> FailurePolicy.valueOf(
                        requireNonNull(row.get("failure_policy", String.class)).toUpperCase(Locale.ROOT)))
                .one();
    }

    /**
     * Changes what is done with its deliveries that failed, on all nodes within a second.
     *
     * @return empty when there is no such organization
     */
    public Mono<FailurePolicy> setFailurePolicy(long id, FailurePolicy policy) {
        return database.sql(SET_POLICY)
                .bind("id", id)
                .bind("policy", policy.name().toLowerCase(Locale.ROOT))
                .map(row -> policy)
                .one();
    }
}
