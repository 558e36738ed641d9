package dev.sluice.persistence.secret;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher.KeyMark;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Encrypts anew, with the primary key, what other keys encrypted, while everything else goes on: a row that changes
 * meanwhile is left to whoever changes it. Any number of nodes may do it at once.
 */
public final class Resealing {
    private static final int BATCH = 200;

    private final DatabaseClient database;
    private final SecretCipher cipher;
    private final List<SealedColumn> columns;

    public Resealing(Database database, SecretCipher cipher, List<SealedColumn> columns) {
        this.database = database.client();
        this.cipher = cipher;
        this.columns = List.copyOf(columns);
    }

    /** A ciphertext and the row it is in. No record: it holds an array. */
    private static final class Sealed {
        private final long id;
        private final byte[] bytes;

        private Sealed(Readable row) {
            this.id = requireNonNull(row.get("id", Long.class));
            this.bytes = requireNonNull(row.get("sealed", byte[].class));
        }
    }

    /** Does all there is to do. Repeating it is harmless, and finds what was written meanwhile by nodes that were behind. */
    public Mono<Long> run() {
        return Flux.fromIterable(columns).concatMap(column -> from(column, 0)).reduce(0L, Long::sum);
    }

    private Mono<Long> from(SealedColumn column, long after) {
        KeyMark primary = cipher.primary();
        return database.sql(column.select())
                .bind("after", after)
                .bind("mark", primary.hex())
                .bind("limit", BATCH)
                .map(Sealed::new)
                .all()
                .collectList()
                .flatMap(batch -> batch.isEmpty()
                        ? Mono.just(0L)
                        : Flux.fromIterable(batch)
                                .concatMap(each -> reseal(column, each))
                                .reduce(0L, Long::sum)
                                .flatMap(done -> from(column, batch.get(batch.size() - 1).id)
                                        .map(more -> done + more)));
    }

    private Mono<Long> reseal(SealedColumn column, Sealed found) {
        return Mono.defer(() -> {
            String owner = column.owner() + found.id;
            return database.sql(column.update())
                    .bind("id", found.id)
                    .bind("sealed", cipher.encrypt(cipher.decrypt(found.bytes, owner), owner))
                    .bind("former", found.bytes)
                    .fetch()
                    .rowsUpdated();
        });
    }
}
