package dev.sluice.persistence.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long tokens are good, from now.
 *
 * @param expiresIn until the access token expires; null when it does not, or nobody knows
 * @param refreshIn until new ones shall be asked for; null when that is not to be done by the clock
 */
public record Lifetime(
        @Nullable Duration expiresIn, @Nullable Duration refreshIn) {
    /** Good until the provider says otherwise. */
    public static final Lifetime UNKNOWN = new Lifetime(null, null);
}
