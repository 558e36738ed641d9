package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.epoch.EpochSession;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What one kind of group does inside its transaction.
 *
 * @param <T> what is committed
 * @param <R> what it comes to
 */
public interface GroupTransaction<T, R> {

    /**
     * Begins a transaction in the session and does everything but commit it.
     *
     * @param members at least one
     * @return what follows the commit; an error leaves the transaction to be rolled back
     */
    Mono<PreparedGroup> prepare(EpochSession session, List<Member<T, R>> members);
}
