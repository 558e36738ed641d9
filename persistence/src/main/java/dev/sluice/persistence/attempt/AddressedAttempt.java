package dev.sluice.persistence.attempt;

import dev.sluice.persistence.delivery.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * An attempt and where it went.
 *
 * @param url the one it was made to, or for an ending without a try its endpoint's; null when that is not known any more
 * @param replaced whether its endpoint has another URL now
 */
public record AddressedAttempt(Attempt attempt, @Nullable String url, boolean replaced) {}
