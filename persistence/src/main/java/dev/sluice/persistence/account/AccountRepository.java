package dev.sluice.persistence.account;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretHash;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds accounts by their secrets and makes the first one. */
public final class AccountRepository {
    private static final String FIND = """
            SELECT o.id AS organization_id, o.name, u.id AS user_id, u.email_address, u.first_name, u.last_name
              FROM organization o
              JOIN account_user u ON u.organization_id = o.id
             WHERE (o.secret_hash = :organization
                    OR (o.former_secret_hash = :organization AND o.former_secret_until > now()))
               AND (u.secret_hash = :user OR (u.former_secret_hash = :user AND u.former_secret_until > now()))""";
    private static final String FIND_IN = """
            SELECT o.id AS organization_id, o.name, u.id AS user_id, u.email_address, u.first_name, u.last_name
              FROM organization o
              JOIN account_user u ON u.organization_id = o.id
             WHERE o.id = :organization
               AND (u.secret_hash = :user OR (u.former_secret_hash = :user AND u.former_secret_until > now()))""";
    private static final String BY_EMAIL = """
            SELECT o.id AS organization_id, o.name, u.id AS user_id, u.email_address, u.first_name, u.last_name
              FROM organization o
              JOIN account_user u ON u.organization_id = o.id
             WHERE o.id = :organization AND lower(u.email_address) = lower(:email)
             ORDER BY u.id LIMIT 2""";
    private static final String OF_USERS = """
            SELECT o.id AS organization_id, o.name, u.id AS user_id, u.email_address, u.first_name, u.last_name
              FROM account_user u
              JOIN organization o ON o.id = u.organization_id
             WHERE u.id = ANY(:users)""";
    private static final String TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('sluice.account.bootstrap'))";
    private static final String PUT_ORGANIZATION = """
            INSERT INTO organization (id, name, secret_hash) OVERRIDING SYSTEM VALUE
            VALUES (1, 'Default organization', :hash)
                ON CONFLICT (id) DO UPDATE
               SET former_secret_hash = organization.secret_hash,
                   former_secret_until = now() + :overlap * interval '1 second',
                   secret_hash = EXCLUDED.secret_hash
             WHERE organization.secret_hash <> EXCLUDED.secret_hash""";
    private static final String PUT_USER = """
            INSERT INTO account_user (id, organization_id, email_address, first_name, last_name, secret_hash)
                   OVERRIDING SYSTEM VALUE
            VALUES (1, 1, 'admin@localhost', 'Default', 'Administrator', :hash)
                ON CONFLICT (id) DO UPDATE
               SET former_secret_hash = account_user.secret_hash,
                   former_secret_until = now() + :overlap * interval '1 second',
                   secret_hash = EXCLUDED.secret_hash
             WHERE account_user.secret_hash <> EXCLUDED.secret_hash""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    public AccountRepository(Database database) {
        this.database = database.client();
        this.transaction =
                TransactionalOperator.create(new R2dbcTransactionManager(this.database.getConnectionFactory()));
    }

    /** The user with that secret in the organization with that secret; empty when the two do not belong together. */
    public Mono<Account> find(String organizationSecret, String userSecret) {
        return database.sql(FIND)
                .bind("organization", SecretHash.of(organizationSecret))
                .bind("user", SecretHash.of(userSecret))
                .map(AccountRepository::account)
                .one();
    }

    /** The user with that secret if it is one of that organization; empty otherwise. */
    public Mono<Account> find(long organizationId, String userSecret) {
        return database.sql(FIND_IN)
                .bind("organization", organizationId)
                .bind("user", SecretHash.of(userSecret))
                .map(AccountRepository::account)
                .one();
    }

    /** The one user of that organization with that email address; empty when there is none, or more than one. */
    public Mono<Account> findByEmail(long organizationId, String email) {
        return database.sql(BY_EMAIL)
                .bind("organization", organizationId)
                .bind("email", email)
                .map(AccountRepository::account)
                .all()
                .collectList()
                .filter(found -> found.size() == 1)
                .map(found -> found.get(0));
    }

    /** The accounts of these users, in any order. */
    public Flux<Account> ofUsers(Set<Long> userIds) {
        return database.sql(OF_USERS)
                .bind("users", userIds.toArray(Long[]::new))
                .map(AccountRepository::account)
                .all();
    }

    /** {@link #bootstrap(String, String, Duration)} without an overlap: former secrets end at once. */
    public Mono<Account> bootstrap(String organizationSecret, String userSecret) {
        return bootstrap(organizationSecret, userSecret, Duration.ZERO);
    }

    /**
     * Makes organization 1 with user 1, the administrator, or gives them these secrets if they are there. Repeating it
     * changes nothing; nodes that start at once take turns.
     *
     * @param overlap how long the secrets that these replace stay valid, in whole seconds: nodes are restarted one by one
     */
    public Mono<Account> bootstrap(String organizationSecret, String userSecret, Duration overlap) {
        Mono<Account> put = database.sql(TAKE_TURNS)
                .then()
                .then(put(PUT_ORGANIZATION, organizationSecret, overlap))
                .then(put(PUT_USER, userSecret, overlap))
                .then(find(organizationSecret, userSecret));
        return transaction.transactional(put);
    }

    private Mono<Void> put(String statement, String secret, Duration overlap) {
        return database.sql(statement)
                .bind("hash", SecretHash.of(secret))
                .bind("overlap", overlap.toSeconds())
                .then();
    }

    private static Account account(Readable row) {
        return new Account(
                Objects.requireNonNull(row.get("organization_id", Long.class)),
                Objects.requireNonNull(row.get("name", String.class)),
                Objects.requireNonNull(row.get("user_id", Long.class)),
                Objects.requireNonNull(row.get("email_address", String.class)),
                Objects.requireNonNull(row.get("first_name", String.class)),
                Objects.requireNonNull(row.get("last_name", String.class)));
    }
}
