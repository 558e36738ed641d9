package dev.sluice.gateway.figures;

import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.endpoint.LastFailure;
import dev.sluice.persistence.figures.AttemptFigures;
import dev.sluice.persistence.figures.AttemptMinute;
import dev.sluice.persistence.figures.AttemptTally;
import dev.sluice.persistence.figures.FigureRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where every attempt is counted. */
public final class FigureBook {
    private static final Logger LOG = LoggerFactory.getLogger(FigureBook.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** A round's: three megabytes. */
    private static final int MINUTES_MAX = 10_000;

    /** A round's of another kind: at most as much. */
    private static final int FAILURES_MAX = 5_000;

    private final FigureRepository figures;
    private final EndpointHistory history;
    private final ConcurrentHashMap<AttemptMinute, AttemptTally> counted = new ConcurrentHashMap<>();

    /** By endpoint, the last since the last round. */
    private final ConcurrentHashMap<Long, LastFailure> failures = new ConcurrentHashMap<>();

    /**
     * @param figures where they are added to what other nodes have seen
     * @param history where the last failures go
     */
    public FigureBook(FigureRepository figures, EndpointHistory history) {
        this.figures = figures;
        this.history = history;
    }

    /**
     * An attempt has ended.
     *
     * @param endedAt by the database's clock
     */
    public void attempted(long organizationId, long endpointId, Instant endedAt, boolean succeeded, Duration elapsed) {
        Instant minute = endedAt.truncatedTo(ChronoUnit.MINUTES);
        count(new AttemptMinute(organizationId, AttemptMinute.ALL, minute), succeeded, elapsed);
        AttemptMinute ofEndpoint = new AttemptMinute(organizationId, endpointId, minute);
        if (counted.size() < MINUTES_MAX || counted.containsKey(ofEndpoint)) {
            count(ofEndpoint, succeeded, elapsed);
        }
    }

    /** An attempt has failed. Of an endpoint's failures the last is remembered. */
    public void failed(long endpointId, LastFailure failure) {
        if (failures.size() < FAILURES_MAX || failures.containsKey(endpointId)) {
            failures.merge(endpointId, failure, (known, other) -> other.at().isBefore(known.at()) ? known : other);
        }
    }

    /** The map lets one thread at a time at a tally, and hands it out only once nobody counts in it any more. */
    private void count(AttemptMinute minute, boolean succeeded, Duration elapsed) {
        counted.compute(minute, (same, before) -> {
            AttemptTally tally = before == null ? new AttemptTally() : before;
            tally.add(succeeded, elapsed);
            return tally;
        });
    }

    /** Goes on until it is cancelled, through any error. */
    Flux<Void> run() {
        return Mono.delay(EVERY).then(Mono.defer(this::write)).repeat();
    }

    /** Writes what has been counted since the last time. What cannot be written is forgotten; never an error. */
    Mono<Void> write() {
        return survive(Mono.defer(() -> figures.add(taken())))
                .then(survive(Mono.defer(() -> history.remember(takenFailures()))));
    }

    private static Mono<Void> survive(Mono<Void> written) {
        return written.onErrorResume(away -> {
            LOG.debug("Attempts could not be counted", away);
            return Mono.empty();
        });
    }

    private Map<Long, LastFailure> takenFailures() {
        Map<Long, LastFailure> taken = new HashMap<>();
        for (Long endpointId : failures.keySet()) {
            LastFailure failure = failures.remove(endpointId);
            if (failure != null) {
                taken.put(endpointId, failure);
            }
        }
        return taken;
    }

    private Map<AttemptMinute, AttemptFigures> taken() {
        Map<AttemptMinute, AttemptFigures> taken = new HashMap<>();
        for (AttemptMinute minute : counted.keySet()) {
            AttemptTally tally = counted.remove(minute);
            if (tally != null) {
                taken.put(minute, tally.figures());
            }
        }
        return taken;
    }
}
