package dev.sluice.persistence.endpoint;

/**
 * How many of an organization's endpoints are in trouble; more than {@link #COUNTED_MAX} together are not counted.
 *
 * @param open with an open breaker
 * @param recovering that get their backlog in growing chunks
 * @param deactivated that nothing is sent to
 */
public record EndpointTrouble(long open, long recovering, long deactivated) {
    /** Whoever counts so many knows that there may be more. */
    public static final long COUNTED_MAX = 1_000;

    /** All of them. */
    public long all() {
        return open + recovering + deactivated;
    }
}
