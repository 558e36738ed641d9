package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.epoch.Node;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Opens a writer's sessions, one after the other. The one before is ended on the server first: when its connection has fallen
 * silent nobody there knows, and its transaction would hold what the next one needs until the server gives it up.
 */
final class WriterSessions {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int NONE = 0;
    private static final String BACKEND = "SELECT pg_backend_pid()";
    /** The name is the epoch's: what has the former's number by now, and is none of ours, stays. */
    private static final String END = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE pid = $1 AND application_name = $2 AND datname = current_database() AND usename = current_user""";

    private final Node node;
    private volatile int backend = NONE;

    WriterSessions(Node node) {
        this.node = node;
    }

    /** The next one; an error when there is none to be had. */
    Mono<EpochSession> open() {
        return node.openSession()
                .flatMap(session -> begin(session)
                        .timeout(ANSWER_TIMEOUT)
                        .onErrorResume(
                                error -> session.close().onErrorComplete().then(Mono.error(error)))
                        .thenReturn(session));
    }

    private Mono<Void> begin(EpochSession session) {
        int former = backend;
        Mono<Void> ended = former == NONE ? Mono.empty() : end(session, former);
        return ended.then(Mono.defer(() -> ask(session)));
    }

    private static Mono<Void> end(EpochSession session, int former) {
        return session.connection()
                .createStatement(END)
                .bind("$1", former)
                .bind("$2", session.epoch().sessionName())
                .execute()
                .concatMap(result -> result.map((row, columns) -> row.get(0, Long.class)))
                .then();
    }

    private Mono<Void> ask(EpochSession session) {
        return session.connection()
                .createStatement(BACKEND)
                .execute()
                .concatMap(result -> result.map((row, columns) -> Objects.requireNonNull(row.get(0, Integer.class))))
                .next()
                .doOnNext(pid -> backend = pid)
                .then();
    }
}
