package dev.sluice.persistence.instance;

import dev.sluice.persistence.secret.SecretHash;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Gives instances other tokens. */
final class TokenReplacement {
    private static final String REPLACE = """
            UPDATE instance
               SET former_token_hash = token_hash,
                   former_token_until = now() + :overlap * interval '1 second',
                   token_hash = :tokenHash, secrets = :secrets, updated_at = now()
             WHERE id = :id""";

    private final DatabaseClient database;
    private final InstanceRow rows;

    TokenReplacement(DatabaseClient database, InstanceRow rows) {
        this.database = database;
        this.rows = rows;
    }

    /**
     * Replaces the token of an instance whose row is locked.
     *
     * @param overlap how long the former one stays valid, in whole seconds
     */
    Mono<Void> replace(Instance before, String token, Duration overlap) {
        return database.sql(REPLACE)
                .bind("id", before.id())
                .bind("overlap", overlap.toSeconds())
                .bind("tokenHash", SecretHash.of(token))
                .bind("secrets", rows.sealed(before.id(), token, before.configuration(), before.secretKeys()))
                .then();
    }
}
