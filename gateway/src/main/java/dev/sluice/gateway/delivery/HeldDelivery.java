package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.endpoint.BreakerClaim;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A delivery that this node has in hand, and has to account for. */
sealed interface HeldDelivery {

    DeliveryId id();

    /** Attempts made before. */
    int attempts();

    /**
     * What follows an attempt.
     *
     * @param random 0 to 1, for the spread of waits
     */
    NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random);

    /** It is over. */
    Outcome ended(Attempt attempt);

    /**
     * It stays, or becomes, owed.
     *
     * @param attempt the one that failed, or null when none was made
     * @param wait until the next, or null to park it
     */
    Outcome owed(@Nullable Attempt attempt, @Nullable Duration wait);

    /** In memory since its event was committed; it has no row. */
    record Fresh(DeliveryId id) implements HeldDelivery {
        @Override
        public int attempts() {
            return 0;
        }

        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            return outcome.next(schedule, 1, Duration.ZERO, random);
        }

        @Override
        public Outcome ended(Attempt attempt) {
            return new Outcome.Ended(attempt);
        }

        @Override
        public Outcome owed(@Nullable Attempt attempt, @Nullable Duration wait) {
            return new Outcome.Owed(id, attempt, wait);
        }
    }

    /** Claimed, under a lease. */
    sealed interface FromRow extends HeldDelivery {
        ClaimedDelivery claim();

        @Override
        default DeliveryId id() {
            return claim().id();
        }

        @Override
        default int attempts() {
            return claim().attempts();
        }

        @Override
        default Outcome ended(Attempt attempt) {
            return new Outcome.ClaimEnded(claim(), attempt);
        }

        @Override
        default Outcome owed(@Nullable Attempt attempt, @Nullable Duration wait) {
            return new Outcome.ClaimReturned(claim(), attempt, wait);
        }
    }

    /** Claimed because it was due. */
    record Claimed(ClaimedDelivery claim) implements FromRow {
        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            Duration since = claim.sinceFirstFailure();
            int failures = claim.attempts() - claim.probes() + 1;
            return outcome.next(schedule, failures, since == null ? Duration.ZERO : since, random);
        }
    }

    /** Claimed to find out whether an endpoint with an open breaker takes notifications again. */
    record Probing(ClaimedDelivery claim, BreakerClaim breaker) implements FromRow {
        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            NextStep next = outcome.next(schedule, 1, Duration.ZERO, random);
            return next instanceof NextStep.TryAgain ? new NextStep.Park() : next;
        }
    }
}
