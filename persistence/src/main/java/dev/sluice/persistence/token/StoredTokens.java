package dev.sluice.persistence.token;

import org.jspecify.annotations.Nullable;

/**
 * An instance's tokens as they stand.
 *
 * @param generation counts grants, from 1
 * @param expired whether the access token has expired, or will within seconds
 * @param failures of refreshing since the last success
 * @param problem why they cannot be refreshed any more; null while they can, or need not
 */
public record StoredTokens(
        long instanceId,
        long generation,
        ProviderTokens tokens,
        boolean expired,
        int failures,
        @Nullable String problem) {}
