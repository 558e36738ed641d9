package dev.sluice.persistence.connection;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Makes one transaction of what several repositories do. */
public final class Transactions {
    private final TransactionalOperator transaction;

    public Transactions(Database database) {
        this.transaction = TransactionalOperator.create(
                new R2dbcTransactionManager(database.client().getConnectionFactory()));
    }

    /**
     * Commits all of the work or none of it. A connection is held until it ends, so it must wait for nothing but the
     * database. One that the database leaves without an answer fails.
     */
    public <T> Mono<T> together(Mono<T> work) {
        return transaction.transactional(work).timeout(Database.SILENCE_MAX.multipliedBy(2));
    }
}
