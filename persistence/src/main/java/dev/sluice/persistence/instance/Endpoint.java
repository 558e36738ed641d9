package dev.sluice.persistence.instance;

import dev.sluice.persistence.account.FailurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * One callback URL of one instance. The id outlives a change of the URL: what is owed follows to the new address.
 *
 * @param position the URL's place in {@code event.notification.callback.url}, from 0
 * @param reason why it is not active, for people; null when it is
 * @param breaker whether it is called now
 * @param failurePolicy what its account wants to be done with what failed
 * @param urlNumber which of its URLs this is: 1 for the first, one more with each change
 */
public record Endpoint(
        long id,
        String url,
        int position,
        State state,
        @Nullable String reason,
        Breaker breaker,
        FailurePolicy failurePolicy,
        int urlNumber) {
    /** The number of the URL that an endpoint begins with. */
    public static final int FIRST_URL = 1;

    /** An endpoint at its first URL, whose breaker is closed, and whose deliveries are repeated. */
    public Endpoint(long id, String url, int position, State state, @Nullable String reason) {
        this(id, url, position, state, reason, Breaker.CLOSED, FailurePolicy.RETRY, FIRST_URL);
    }

    /** Whether it gets notifications. */
    public enum State {
        /** It does. */
        ACTIVE,
        /** It does not, and what it is owed waits, until it is reactivated or its URL is changed. */
        DEACTIVATED,
        /** The URL is our own ingest URL: sending there would feed the gateway with itself. */
        LOOPED,
        /** It is no longer configured. An instance does not list it any more. */
        DELETED
    }

    /** Whether it gets notifications. */
    public boolean active() {
        return state == State.ACTIVE;
    }

    /** Whether events are owed to it: now, or until it is reactivated. */
    public boolean isOwed() {
        return state == State.ACTIVE || state == State.DEACTIVATED;
    }

    /** Whether it is called. */
    public enum Breaker {
        /** It is. */
        CLOSED,
        /** Most of the last calls failed: what it is owed is parked, and one delivery at a time is tried. */
        OPEN,
        /** It takes notifications again, and gets what was parked in growing chunks. */
        RECOVERING
    }
}
