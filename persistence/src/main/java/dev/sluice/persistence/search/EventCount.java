package dev.sluice.persistence.search;

/**
 * How many of an instance's events were received in a slot of time, and what became of them until now.
 *
 * @param slot from 0, counted from the time asked for
 */
public record EventCount(long slot, long instanceId, long received, long delivered, long failed) {}
