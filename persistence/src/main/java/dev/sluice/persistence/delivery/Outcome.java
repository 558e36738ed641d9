package dev.sluice.persistence.delivery;

import dev.sluice.persistence.eventlog.EventId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be written when a node is done with a delivery for now. One of these accounts for the delivery. */
public sealed interface Outcome {

    DeliveryId delivery();

    /**
     * A first attempt from memory ended the delivery: one row in the attempt log, nothing else.
     */
    record Ended(Attempt attempt) implements Outcome {
        @Override
        public DeliveryId delivery() {
            return attempt.delivery();
        }
    }

    /**
     * A delivery in memory becomes owed: its first attempt failed, or could not be made.
     *
     * @param attempt the failed attempt, or null when none was made
     * @param retryAfter how long after the writing to try (again), or null to park it
     */
    record Owed(
            DeliveryId delivery,
            @Nullable Attempt attempt,
            @Nullable Duration retryAfter) implements Outcome {}

    /** A claimed delivery ended: its row goes and the ending is written, if the lease still holds. */
    record ClaimEnded(ClaimedDelivery claim, Attempt attempt) implements Outcome {
        @Override
        public DeliveryId delivery() {
            return claim.id();
        }
    }

    /**
     * A claimed delivery stays owed, if the lease still holds.
     *
     * @param attempt the failed attempt, or null when none was made and the claim is given back
     * @param retryAfter how long after the writing to try again, or null to park it
     */
    record ClaimReturned(
            ClaimedDelivery claim,
            @Nullable Attempt attempt,
            @Nullable Duration retryAfter) implements Outcome {
        @Override
        public DeliveryId delivery() {
            return claim.id();
        }
    }

    /**
     * A delivery is to be made again: one that ended becomes owed and begins its schedule anew, one that waits is due at
     * once. One that is under way is left alone. An endpoint that the event was not owed to gets it for the first time.
     */
    record Again(DeliveryId delivery) implements Outcome {}

    /**
     * An event that is owed to nobody, or has had its rows since its commit, is accounted for: nothing but that is written,
     * so that it can be found.
     */
    record Unowed(EventId event) implements Outcome {
        /** No endpoint has the number 0. */
        @Override
        public DeliveryId delivery() {
            return new DeliveryId(event, 0, 0);
        }
    }
}
