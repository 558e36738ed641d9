package dev.sluice.persistence.attempt;

import dev.sluice.persistence.delivery.Attempt;

/**
 * An attempt and where it went.
 *
 * @param url of its endpoint, as it is now
 */
public record AddressedAttempt(Attempt attempt, String url) {}
