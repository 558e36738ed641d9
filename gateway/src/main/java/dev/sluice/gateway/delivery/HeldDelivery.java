package dev.sluice.gateway.delivery;

import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A delivery that this node has in hand, and has to account for. */
sealed interface HeldDelivery {

    DeliveryId id();

    /** Attempts made before. */
    int attempts();

    /** How long ago the first attempt failed; zero when none did. */
    Duration sinceFirstFailure();

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
        public Duration sinceFirstFailure() {
            return Duration.ZERO;
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
    record Claimed(ClaimedDelivery claim) implements HeldDelivery {
        @Override
        public DeliveryId id() {
            return claim.id();
        }

        @Override
        public int attempts() {
            return claim.attempts();
        }

        @Override
        public Duration sinceFirstFailure() {
            Duration since = claim.sinceFirstFailure();
            return since == null ? Duration.ZERO : since;
        }

        @Override
        public Outcome ended(Attempt attempt) {
            return new Outcome.ClaimEnded(claim, attempt);
        }

        @Override
        public Outcome owed(@Nullable Attempt attempt, @Nullable Duration wait) {
            return new Outcome.ClaimReturned(claim, attempt, wait);
        }
    }
}
