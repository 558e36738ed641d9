package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.epoch.EpochSession;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Finds out what became of a COMMIT whose answer never came: first whether its transaction is over, then whether what it
 * wrote is there. Only the second is trusted, because a server that crashed may give the transaction's number away again.
 */
final class UnknownCommit {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownCommit.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final Duration RECONNECT_MAX = Duration.ofMillis(500);
    /** Also when the transaction is still going on: then it is asked anew on another connection. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private static final String STATUS = "SELECT pg_xact_status($1::text::xid8)";
    private static final String IN_PROGRESS = "in progress";

    private final Supplier<Mono<EpochSession>> connect;
    private final PreparedGroup group;

    UnknownCommit(Supplier<Mono<EpochSession>> connect, PreparedGroup group) {
        this.connect = connect;
        this.group = group;
    }

    /** Asks until it is known, over as many connections as it takes, and ends the group accordingly. Whether it is stored. */
    Mono<Boolean> resolve() {
        return Mono.usingWhen(Mono.defer(connect), session -> ask(session).timeout(ANSWER_TIMEOUT), EpochSession::close)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, ASK_AGAIN).maxBackoff(RECONNECT_MAX))
                .doOnNext(this::tell);
    }

    private Mono<Boolean> ask(EpochSession session) {
        return isOver(session)
                .flatMap(over ->
                        over ? group.isStored(session) : Mono.<Boolean>empty().delaySubscription(ASK_AGAIN))
                .repeatWhenEmpty(Flux::hide);
    }

    private Mono<Boolean> isOver(EpochSession session) {
        String transactionId = group.transactionId();
        if (transactionId == null) {
            return Mono.just(true);
        }
        return session.connection()
                .createStatement(STATUS)
                .bind("$1", transactionId)
                .execute()
                .concatMap(result -> result.map((row, columns) -> !IN_PROGRESS.equals(row.get(0, String.class))))
                .next()
                // "in the future": the crash lost even the number, so it did not commit.
                .onErrorResume(error -> Fault.of(error) == Fault.MEMBER, error -> Mono.just(true));
    }

    private void tell(boolean stored) {
        LOG.warn("A commit without an answer was resolved: {}", stored ? "committed" : "not committed");
        if (stored) {
            group.committed();
        } else {
            group.aborted();
        }
    }
}
