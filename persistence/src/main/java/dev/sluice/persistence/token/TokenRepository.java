package dev.sluice.persistence.token;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps instances' tokens. Each change is one guarded statement. */
public final class TokenRepository {
    private static final String SAVE = """
            INSERT INTO provider_token (instance_id, sealed, expires_at, refresh_at)
            VALUES (:instance, :sealed, now() + :lifetime * interval '1 second', now() + :wait * interval '1 second')
            ON CONFLICT (instance_id) DO UPDATE
               SET sealed = excluded.sealed, expires_at = excluded.expires_at, refresh_at = excluded.refresh_at,
                   generation = provider_token.generation + 1, failures = 0, problem = NULL,
                   lease_owner = NULL, leased_until = '-infinity', changed_at = now()""";
    private static final String FIND =
            "SELECT " + TokenRow.COLUMNS + " FROM provider_token WHERE instance_id = :instance AND leave_at IS NULL";
    private static final String LEASE = """
            UPDATE provider_token
               SET lease_owner = :owner, leased_until = now() + :lease * interval '1 second'
             WHERE instance_id = :instance AND generation = :generation AND leased_until <= now() AND leave_at IS NULL
            RETURNING
            """ + TokenRow.COLUMNS;
    private static final String LEASE_DUE = """
            UPDATE provider_token
               SET lease_owner = :owner, leased_until = now() + :lease * interval '1 second'
             WHERE instance_id IN (SELECT instance_id FROM provider_token
                                    WHERE refresh_at <= now() AND leased_until <= now() AND leave_at IS NULL
                                    ORDER BY refresh_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING
            """ + TokenRow.COLUMNS;
    private static final String RENEW = """
            UPDATE provider_token
               SET sealed = :sealed, expires_at = now() + :lifetime * interval '1 second',
                   refresh_at = now() + :wait * interval '1 second', generation = generation + 1,
                   failures = 0, problem = NULL, lease_owner = NULL, leased_until = '-infinity', changed_at = now()
             WHERE instance_id = :instance AND generation = :generation AND lease_owner = :owner
            RETURNING
            """ + TokenRow.COLUMNS;
    private static final String GIVE_BACK = """
            UPDATE provider_token
               SET refresh_at = now() + :wait * interval '1 second', failures = failures + 1, problem = :problem,
                   lease_owner = NULL, leased_until = '-infinity', changed_at = now()
             WHERE instance_id = :instance AND generation = :generation AND lease_owner = :owner""";

    private final DatabaseClient database;
    private final TokenRow rows;

    public TokenRepository(Database database, SecretCipher cipher) {
        this.database = database.client();
        this.rows = new TokenRow(cipher);
    }

    /** Stores what was granted to an instance, in place of what it had; whoever refreshes that at the moment loses. */
    public Mono<Void> save(long instanceId, ProviderTokens tokens, Lifetime lifetime) {
        return timed(database.sql(SAVE), lifetime)
                .bind("instance", instanceId)
                .bind("sealed", rows.seal(instanceId, tokens))
                .then();
    }

    /** The instance's tokens; empty when it has none or is deleted. */
    public Mono<StoredTokens> find(long instanceId) {
        return database.sql(FIND).bind("instance", instanceId).map(rows::read).one();
    }

    /**
     * Takes the right to refresh.
     *
     * @param generation of the tokens that are no longer good
     * @return empty when somebody else has it, or there are newer tokens
     */
    public Mono<TokenLease> lease(long instanceId, long generation, Duration lease) {
        return Mono.defer(() -> {
            UUID owner = UUID.randomUUID();
            return leased(database.sql(LEASE), owner, lease)
                    .bind("instance", instanceId)
                    .bind("generation", generation)
                    .map(rows::read)
                    .one()
                    .map(stored -> new TokenLease(owner, stored));
        });
    }

    /** Takes the right to refresh those whose time has come, the longest due first. */
    public Flux<TokenLease> leaseDue(Duration lease, int limit) {
        return Flux.defer(() -> {
            UUID owner = UUID.randomUUID();
            return leased(database.sql(LEASE_DUE), owner, lease)
                    .bind("limit", limit)
                    .map(rows::read)
                    .all()
                    .map(stored -> new TokenLease(owner, stored));
        });
    }

    /**
     * Stores the new tokens and ends the lease.
     *
     * @return empty when the lease was lost: the tokens that stand are newer
     */
    public Mono<StoredTokens> renew(TokenLease lease, ProviderTokens tokens, Lifetime lifetime) {
        StoredTokens before = lease.stored();
        return timed(guarded(database.sql(RENEW), lease), lifetime)
                .bind("sealed", rows.seal(before.instanceId(), tokens))
                .map(rows::read)
                .one();
    }

    /**
     * Ends the lease without new tokens.
     *
     * @param again after which time the next try is due; null when there will be none
     * @param problem why there will be none, else null
     * @return whether the lease held
     */
    public Mono<Boolean> giveBack(TokenLease lease, @Nullable Duration again, @Nullable String problem) {
        GenericExecuteSpec statement = guarded(database.sql(GIVE_BACK), lease);
        return Statements.text(Statements.seconds(statement, "wait", again), "problem", problem)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static GenericExecuteSpec leased(GenericExecuteSpec statement, UUID owner, Duration lease) {
        return statement.bind("owner", owner).bind("lease", lease.toSeconds());
    }

    private static GenericExecuteSpec guarded(GenericExecuteSpec statement, TokenLease lease) {
        return statement
                .bind("instance", lease.stored().instanceId())
                .bind("generation", lease.stored().generation())
                .bind("owner", lease.owner());
    }

    private static GenericExecuteSpec timed(GenericExecuteSpec statement, Lifetime lifetime) {
        return Statements.seconds(
                Statements.seconds(statement, "lifetime", lifetime.expiresIn()), "wait", lifetime.refreshIn());
    }
}
