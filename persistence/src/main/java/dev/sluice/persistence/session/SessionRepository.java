package dev.sluice.persistence.session;

import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretHash;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Opens, finds and closes sessions. Times are the database's. */
public final class SessionRepository {
    private static final String OPEN = """
            WITH ended AS (
                DELETE FROM console_session
                 WHERE seen_at < now() - :idle * interval '1 second' OR opened_at < now() - :longest * interval '1 second')
            INSERT INTO console_session (id, user_id, secret_hash)
            SELECT :id, id, secret_hash FROM account_user WHERE id = :user""";
    private static final String FIND = """
            WITH seen AS (
                UPDATE console_session SET seen_at = now()
                 WHERE id = :id AND seen_at < now() - interval '1 minute'
                   AND seen_at >= now() - :idle * interval '1 second')
            SELECT o.id AS organization_id, o.name, u.id AS user_id, u.email_address, u.first_name, u.last_name
              FROM console_session s
              JOIN account_user u ON u.id = s.user_id
              JOIN organization o ON o.id = u.organization_id
             WHERE s.id = :id
               AND s.seen_at >= now() - :idle * interval '1 second'
               AND s.opened_at >= now() - :longest * interval '1 second'
               AND (u.secret_hash = s.secret_hash
                    OR (u.former_secret_hash = s.secret_hash AND u.former_secret_until > now()))""";
    private static final String CLOSE = "DELETE FROM console_session WHERE id = :id";
    private static final String CLOSE_ALL = "DELETE FROM console_session WHERE user_id = :user";

    private final DatabaseClient database;
    private final Duration idle;
    private final Duration longest;

    /**
     * Sessions of these lengths, in whole seconds.
     *
     * @param idle one that nothing was asked in for that long is over
     * @param longest one that was opened that long ago is over
     */
    public SessionRepository(Database database, Duration idle, Duration longest) {
        this.database = database.client();
        this.idle = idle;
        this.longest = longest;
    }

    /**
     * Opens a session of that user.
     *
     * @param token what the browser will show; only its hash is stored
     */
    public Mono<Void> open(String token, Account account) {
        return database.sql(OPEN)
                .bind("id", SecretHash.of(token))
                .bind("user", account.userId())
                .bind("idle", idle.toSeconds())
                .bind("longest", longest.toSeconds())
                .then();
    }

    /** Whose session this is, and that it was seen; empty when there is none, or it is over. */
    public Mono<Account> find(String token) {
        return database.sql(FIND)
                .bind("id", SecretHash.of(token))
                .bind("idle", idle.toSeconds())
                .bind("longest", longest.toSeconds())
                .map(SessionRepository::account)
                .one();
    }

    /** Ends a session. */
    public Mono<Void> close(String token) {
        return database.sql(CLOSE).bind("id", SecretHash.of(token)).then();
    }

    /** Ends all sessions of a user, wherever they were opened. */
    public Mono<Void> closeAll(long userId) {
        return database.sql(CLOSE_ALL).bind("user", userId).then();
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
