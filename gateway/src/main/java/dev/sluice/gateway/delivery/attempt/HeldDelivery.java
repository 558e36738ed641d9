package dev.sluice.gateway.delivery.attempt;

import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.endpoint.BreakerClaim;
import dev.sluice.persistence.epoch.Epoch;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A delivery that this node has in hand, and has to account for. */
public sealed interface HeldDelivery {

    /** Which one. */
    DeliveryId id();

    /** Attempts made before. */
    int attempts();

    /**
     * Whether no other node may have it by now.
     *
     * @param epoch this node's, null when none goes on
     * @param nowNanos as {@link System#nanoTime} has it
     */
    boolean isHeld(@Nullable Epoch epoch, long nowNanos);

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

    /**
     * In memory since its event was committed; it has no row.
     *
     * @param first what the event is searched by, when this is its only delivery; else null
     */
    record Fresh(DeliveryId id, @Nullable Findable first) implements HeldDelivery {
        public Fresh(DeliveryId id) {
            this(id, null);
        }

        @Override
        public int attempts() {
            return 0;
        }

        /** Of an epoch that is over, another node owes it. */
        @Override
        public boolean isHeld(@Nullable Epoch epoch, long nowNanos) {
            return epoch != null && epoch.id() == id.eventId().epoch();
        }

        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            return outcome.next(schedule, 1, Duration.ZERO, random);
        }

        @Override
        public Outcome ended(Attempt attempt) {
            return new Outcome.Ended(attempt, first);
        }

        @Override
        public Outcome owed(@Nullable Attempt attempt, @Nullable Duration wait) {
            return new Outcome.Owed(id, attempt, wait, first);
        }
    }

    /** Claimed, under a lease. */
    sealed interface FromRow extends HeldDelivery {
        ClaimedDelivery claim();

        /** Until when an attempt may begin, so that it ends within the lease. */
        long beginUntilNanos();

        @Override
        default DeliveryId id() {
            return claim().id();
        }

        @Override
        default int attempts() {
            return claim().attempts();
        }

        @Override
        default boolean isHeld(@Nullable Epoch epoch, long nowNanos) {
            return nowNanos - beginUntilNanos() < 0;
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
    record Claimed(ClaimedDelivery claim, long beginUntilNanos) implements FromRow {
        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            Duration since = claim.sinceFirstFailure();
            int failures = claim.attempts() - claim.probes() + 1;
            return outcome.next(schedule, failures, since == null ? Duration.ZERO : since, random);
        }
    }

    /** Claimed to find out whether an endpoint with an open breaker takes notifications again. */
    record Probing(ClaimedDelivery claim, long beginUntilNanos, BreakerClaim breaker) implements FromRow {
        @Override
        public NextStep next(AttemptOutcome outcome, RetrySchedule schedule, double random) {
            NextStep next = outcome.next(schedule, 1, Duration.ZERO, random);
            return next instanceof NextStep.TryAgain ? new NextStep.Park() : next;
        }
    }
}
