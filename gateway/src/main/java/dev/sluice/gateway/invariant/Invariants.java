package dev.sluice.gateway.invariant;

/**
 * What must never be, counted.
 *
 * @param dueUnclaimed endpoints whose next delivery has been due for half a minute and more, and nobody claims it; of the
 *     whole installation
 * @param unaccounted deliveries found that are neither ended nor owed nor young enough to be in a node's memory; of a sample
 *     of the whole installation
 * @param attemptsWithoutOutcome attempts of this node whose outcome should have been written and is not
 */
public record Invariants(long dueUnclaimed, long unaccounted, long attemptsWithoutOutcome) {

    /** Whether all hold. */
    public boolean hold() {
        return dueUnclaimed == 0 && unaccounted == 0 && attemptsWithoutOutcome == 0;
    }
}
