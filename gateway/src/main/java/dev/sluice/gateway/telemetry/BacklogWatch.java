package dev.sluice.gateway.telemetry;

import dev.sluice.persistence.backlog.Backlog;
import dev.sluice.persistence.backlog.BacklogRepository;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the database now and then how much is owed, and keeps the last answer for whoever looks. */
final class BacklogWatch {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogWatch.class);

    private final BacklogRepository backlog;
    private final Duration every;
    private volatile @Nullable Backlog last;

    BacklogWatch(BacklogRepository backlog, Duration every) {
        this.backlog = backlog;
        this.every = every;
    }

    /** Goes on until it is cancelled, through any error. */
    Flux<Void> run() {
        return Mono.defer(backlog::read)
                .doOnNext(read -> last = read)
                .onErrorResume(away -> {
                    LOG.debug("The backlog could not be read", away);
                    return Mono.empty();
                })
                .then(Mono.delay(every))
                .then()
                .repeat();
    }

    /** The last answer, or nothing at all before the first. */
    Backlog last() {
        Backlog read = last;
        return read == null ? Backlog.NOTHING : read;
    }

    /** Whether there was an answer. */
    boolean isKnown() {
        return last != null;
    }
}
