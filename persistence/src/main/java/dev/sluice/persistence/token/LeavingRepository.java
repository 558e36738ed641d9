package dev.sluice.persistence.token;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the tokens of deleted instances until they are given back, so that a crash forgets none. */
public final class LeavingRepository {
    private static final String LEAVE = """
            UPDATE provider_token
               SET leave_at = now(), failures = 0, refresh_at = NULL, lease_owner = NULL, leased_until = '-infinity',
                   generation = generation + 1
             WHERE instance_id = :instance AND leave_at IS NULL""";
    private static final String CLAIM = """
            UPDATE provider_token
               SET lease_owner = :owner, leased_until = now() + :lease * interval '1 second', failures = failures + 1
              FROM instance
             WHERE instance.id = provider_token.instance_id
               AND instance_id IN (SELECT instance_id FROM provider_token
                                    WHERE leave_at <= now() AND leased_until <= now()
                                    ORDER BY leave_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING instance.element_key,
            """ + TokenRow.COLUMNS;
    private static final String POSTPONE = """
            UPDATE provider_token
               SET leave_at = now() + :wait * interval '1 second', lease_owner = NULL, leased_until = '-infinity'
             WHERE instance_id = :instance AND lease_owner = :owner""";
    private static final String FORGET =
            "DELETE FROM provider_token WHERE instance_id = :instance AND lease_owner = :owner";

    private final DatabaseClient database;
    private final TokenRow rows;

    public LeavingRepository(Database database, SecretCipher cipher) {
        this.database = database.client();
        this.rows = new TokenRow(cipher);
    }

    /** Notes that the instance is gone, within the caller's transaction; nothing to do when it has no tokens. */
    public Mono<Void> leave(long instanceId) {
        return database.sql(LEAVE).bind("instance", instanceId).then();
    }

    /** Claims those that are to say good-bye, for as long as the lease. */
    public Flux<LeavingInstance> claim(Duration lease, int limit) {
        return Flux.defer(() -> {
            UUID owner = UUID.randomUUID();
            return database.sql(CLAIM)
                    .bind("owner", owner)
                    .bind("lease", lease.toSeconds())
                    .bind("limit", limit)
                    .map(row -> {
                        StoredTokens stored = rows.read(row);
                        String element = requireNonNull(row.get("element_key", String.class));
                        return new LeavingInstance(element, owner, stored, stored.failures() - 1);
                    })
                    .all();
        });
    }

    /** Tries that one again after the wait, unless the claim is lost. */
    public Mono<Void> postpone(LeavingInstance leaving, Duration wait) {
        return Statements.seconds(database.sql(POSTPONE), "wait", wait)
                .bind("instance", leaving.stored().instanceId())
                .bind("owner", leaving.owner())
                .then();
    }

    /** Ends it: the tokens are gone from here, too. */
    public Mono<Void> forget(LeavingInstance leaving) {
        return database.sql(FORGET)
                .bind("instance", leaving.stored().instanceId())
                .bind("owner", leaving.owner())
                .then();
    }
}
