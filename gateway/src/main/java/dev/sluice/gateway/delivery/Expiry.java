package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.ExpiryRepository;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends what is owed of events that retention is about to take, due or parked, while their rows are still there: so the end
 * has its reason in the attempt log, and shows in lists and counts.
 */
public final class Expiry {
    private static final String REASON = "Retention ended before it could be delivered.";
    private static final int ENDED_AT_ONCE = 500;

    private final ExpiryRepository owed;
    private final Settlement settlement;
    private final Leases leases;

    Expiry(ExpiryRepository owed, Settlement settlement, Leases leases) {
        this.owed = owed;
        this.settlement = settlement;
        this.leases = leases;
    }

    /**
     * Ends all that is owed of events older than that and is not on the wire. May be repeated, and by several nodes at once.
     *
     * @return whether nothing is owed of them any more; false while some of it is on the wire
     */
    public Mono<Boolean> endOlderThan(Duration retention) {
        return portion(retention)
                .repeat()
                .takeUntil(ended -> ended == 0)
                .then(Mono.defer(() -> owed.owesOlder(retention)))
                .map(left -> !left);
    }

    /** How many it ended. */
    private Mono<Long> portion(Duration retention) {
        return Mono.defer(() -> {
            long asked = System.nanoTime();
            return owed.claimOlder(retention, leases.lease(), ENDED_AT_ONCE)
                    .collectList()
                    .flatMap(claims -> Flux.fromIterable(claims)
                            .flatMap(claim -> end(claim, leases.beginUntil(asked)), ENDED_AT_ONCE)
                            .then(Mono.just((long) claims.size())));
        });
    }

    private Mono<Void> end(ClaimedDelivery claim, long beginUntilNanos) {
        return settlement.ended(new HeldDelivery.Claimed(claim, beginUntilNanos), Ending.EXPIRED, REASON);
    }
}
