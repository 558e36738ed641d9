package dev.sluice.persistence.account;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps users. */
public final class UserRepository {
    private static final String INSERT = """
            INSERT INTO account_user (organization_id, email_address, first_name, last_name, secret_hash)
            SELECT id, :email, :first, :last, :hash FROM organization WHERE id = :organization
            RETURNING id, organization_id, email_address, first_name, last_name, created_at""";
    private static final String LIST = """
            SELECT id, organization_id, email_address, first_name, last_name, created_at
              FROM account_user
             WHERE id > :after AND :organization IN (0, organization_id)
             ORDER BY id
             LIMIT :limit""";
    private static final String ROTATE = """
            UPDATE account_user
               SET former_secret_hash = secret_hash,
                   former_secret_until = now() + :overlap * interval '1 second',
                   secret_hash = :hash
             WHERE id = :id
            RETURNING former_secret_until""";

    private final DatabaseClient database;

    public UserRepository(Database database) {
        this.database = database.client();
    }

    /** What is known of someone before they have a number. */
    public record Draft(long organizationId, String emailAddress, String firstName, String lastName) {}

    /** Makes a user; empty when there is no such organization. Repeating it makes another. */
    public Mono<User> create(Draft draft, String secret) {
        return database.sql(INSERT)
                .bind("organization", draft.organizationId())
                .bind("email", draft.emailAddress())
                .bind("first", draft.firstName())
                .bind("last", draft.lastName())
                .bind("hash", SecretHash.of(secret))
                .map(User::read)
                .one();
    }

    /**
     * Users by number.
     *
     * @param organizationId those of one organization, 0 for all
     * @param after those above this number, 0 for the first
     * @param limit at most that many, 1 or more
     */
    public Flux<User> list(long organizationId, long after, int limit) {
        return database.sql(LIST)
                .bind("organization", organizationId)
                .bind("after", after)
                .bind("limit", limit)
                .map(User::read)
                .all();
    }

    /**
     * Gives a user another secret. The one it replaces stays valid for a while, the one before that ends at once.
     *
     * @param overlap how long both are valid, in whole seconds; zero ends the former at once
     * @return until when the former is valid; empty when there is no such user
     */
    public Mono<Instant> rotate(long id, String secret, Duration overlap) {
        return database.sql(ROTATE)
                .bind("id", id)
                .bind("hash", SecretHash.of(secret))
                .bind("overlap", overlap.toSeconds())
                .map(row -> requireNonNull(row.get("former_secret_until", Instant.class)))
                .one();
    }
}
