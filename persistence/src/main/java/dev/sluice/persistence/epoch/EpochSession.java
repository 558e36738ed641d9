package dev.sluice.persistence.epoch;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * A connection that writes in the name of one epoch, and only as long as its fence is open.
 *
 * @param epoch whose
 * @param connection bears the epoch's session name, by which a takeover ends it
 */
public record EpochSession(Epoch epoch, PostgresqlConnection connection) {

    /**
     * A transaction that has begun.
     *
     * @param now the database's time when it began
     * @param transactionId its number, to ask later what became of it
     */
    public record Begun(Instant now, String transactionId) {}

    /** Whether the epoch still goes on. */
    public boolean isCurrent() {
        return !epoch.isLost();
    }

    /**
     * Begins a transaction that holds the fence open until it ends. One round trip, because every group makes it.
     *
     * @return an error {@link FenceClosedException} when the epoch was taken over; it is lost from then on
     */
    public Mono<Begun> begin() {
        return connection
                .createStatement(beginAndHoldFence(epoch.id()))
                .execute()
                .concatMap(EpochSession::begun)
                .next()
                .switchIfEmpty(Mono.error(this::closed));
    }

    /** Several statements in one message take no parameters; the id is a number of ours. */
    private static String beginAndHoldFence(int epoch) {
        return """
                BEGIN;
                SELECT now(), pg_current_xact_id()::text
                  FROM epoch_fence WHERE id = %d AND closed_at IS NULL FOR SHARE""".formatted(epoch);
    }

    private static org.reactivestreams.Publisher<Begun> begun(PostgresqlResult result) {
        return result.map((row, columns) -> new Begun(row.get(0, Instant.class), row.get(1, String.class)));
    }

    private FenceClosedException closed() {
        epoch.lose();
        return new FenceClosedException(epoch.id());
    }

    public Mono<Void> close() {
        return connection.close();
    }
}
