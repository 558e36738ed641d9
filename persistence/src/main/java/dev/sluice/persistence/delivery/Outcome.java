package dev.sluice.persistence.delivery;

import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be written when a node is done with a delivery for now. One of these accounts for the delivery. */
public sealed interface Outcome {

    DeliveryId delivery();

    /**
     * A first attempt from memory ended the delivery: one row in the attempt log, nothing else.
     *
     * @param first what the event is searched by, when this is the only delivery it ever owed; else null
     */
    record Ended(Attempt attempt, @Nullable Findable first) implements Outcome {
        public Ended(Attempt attempt) {
            this(attempt, null);
        }

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
     * @param first what the event is searched by, when this is the only delivery it ever owed; else null
     */
    record Owed(
            DeliveryId delivery,
            @Nullable Attempt attempt,
            @Nullable Duration retryAfter,
            @Nullable Findable first) implements Outcome {
        public Owed(DeliveryId delivery, @Nullable Attempt attempt, @Nullable Duration retryAfter) {
            this(delivery, attempt, retryAfter, null);
        }
    }

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
     * Nobody is owed the event, or all have their rows already: it only has to be found.
     *
     * @param first what it is searched by; null when that is to be read from the log
     */
    record Unowed(EventId event, @Nullable Findable first) implements Outcome {
        public Unowed(EventId event) {
            this(event, null);
        }

        /** No endpoint has the number 0. */
        @Override
        public DeliveryId delivery() {
            return new DeliveryId(event, 0, 0);
        }
    }
}
