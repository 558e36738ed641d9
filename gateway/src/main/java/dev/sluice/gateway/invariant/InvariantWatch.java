package dev.sluice.gateway.invariant;

import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.invariant.InvariantRepository;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the invariants every few seconds. Each node does so by itself: none may be the one that looks. */
public final class InvariantWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InvariantWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int LINES_MAX = 1_000;
    private static final int INSTANCES_A_READING = 2_000;
    private static final int DELIVERIES_MAX = 1_000;
    private static final int NAMED_MAX = 3;
    private static final long FROM_THE_FIRST = -1;

    private final InvariantRepository invariants;
    private final OpenAttempts attempts;
    private final StandingLines lines;
    private final Duration unclaimedMax;
    private final Duration settled;
    /** Found unaccounted: looked at again until they are not. */
    private volatile Set<EventId> suspects = Set.of();

    private volatile long lastInstance = FROM_THE_FIRST;
    private volatile long nextNanos = System.nanoTime();
    private volatile @Nullable Reading reading = new Reading(0, 0);

    private record Reading(long dueUnclaimed, long unaccounted) {}

    /**
     * @param unclaimedMax how long the first in a line may be due and not claimed
     * @param settled how old an event is whose deliveries are in no node's memory any more
     */
    InvariantWatch(InvariantRepository invariants, OpenAttempts attempts, Duration unclaimedMax, Duration settled) {
        this.invariants = invariants;
        this.attempts = attempts;
        this.lines = new StandingLines(unclaimedMax.toNanos(), System::nanoTime);
        this.unclaimedMax = unclaimedMax;
        this.settled = settled;
    }

    /** As of the last reading, seconds ago; null when the database did not answer it. */
    public @Nullable Invariants latest() {
        Reading last = reading;
        return last == null ? null : new Invariants(last.dueUnclaimed, last.unaccounted, attempts.withoutOutcome());
    }

    /** This, when it is time for a reading. */
    Flux<InvariantWatch> due() {
        return Flux.defer(() -> {
            if (System.nanoTime() - nextNanos < 0) {
                return Flux.empty();
            }
            nextNanos = System.nanoTime() + EVERY.toNanos();
            return Flux.just(this);
        });
    }

    /** Reads them now. */
    Mono<Void> read() {
        return Mono.zip(dueUnclaimed(), unaccounted(), Reading::new)
                .doOnNext(read -> reading = read)
                .doOnError(away -> reading = null)
                .then();
    }

    private Mono<Long> dueUnclaimed() {
        return invariants.overdue(unclaimedMax, LINES_MAX).collectList().map(lines::count);
    }

    private Mono<Long> unaccounted() {
        return Flux.concat(invariants.unaccounted(suspects, DELIVERIES_MAX), sample())
                .collect(Collectors.toSet())
                .doOnNext(this::remember)
                .map(found -> (long) found.size());
    }

    private Flux<DeliveryId> sample() {
        return Flux.defer(() -> {
            long after = lastInstance;
            return invariants
                    .sampled(after, INSTANCES_A_READING)
                    .collectList()
                    .doOnNext(this::turnThePage)
                    .thenMany(invariants.unaccounted(settled, after, INSTANCES_A_READING, DELIVERIES_MAX));
        });
    }

    private void turnThePage(List<Long> page) {
        lastInstance = page.size() < INSTANCES_A_READING ? FROM_THE_FIRST : page.get(page.size() - 1);
    }

    private void remember(Set<DeliveryId> found) {
        Set<EventId> events =
                found.stream().map(DeliveryId::eventId).limit(DELIVERIES_MAX).collect(Collectors.toSet());
        Set<EventId> fresh = new HashSet<>(events);
        fresh.removeAll(suspects);
        if (!fresh.isEmpty()) {
            LOG.error(
                    "{} events have deliveries that are neither ended nor owed, among them {}",
                    fresh.size(),
                    fresh.stream().limit(NAMED_MAX).toList());
        }
        suspects = events;
    }
}
