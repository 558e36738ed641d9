package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.epoch.EpochSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A group whose transaction is done but for its COMMIT. Exactly one of the three endings is called. */
public interface PreparedGroup {

    /** The transaction's number, to ask what became of it; null when it wrote nothing. */
    @Nullable String transactionId();

    /** It is committed: tell the members, hand on what they brought. */
    void committed();

    /** It is certain that it was not committed. Whoever has no answer after this is committed with another group. */
    void aborted();

    /** The COMMIT was sent and its answer did not come: nobody may be told that it succeeded. */
    void unknown();

    /**
     * Looks in the database for what the group wrote. Asked on another connection, after its transaction is over.
     *
     * @return whether it is there
     */
    Mono<Boolean> isStored(EpochSession session);
}
