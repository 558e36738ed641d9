package dev.sluice.persistence.delivery;

/**
 * An attempt and where it went.
 *
 * @param url of its endpoint, as it is now
 */
public record AddressedAttempt(Attempt attempt, String url) {}
