package dev.sluice.gateway.oauth;

import dev.sluice.normalizers.api.TokenOutcome;
import dev.sluice.persistence.token.Lifetime;
import dev.sluice.persistence.token.ProviderTokens;
import java.time.Duration;

/** Tokens fresh from a provider, and for how long they are good. */
record Grant(ProviderTokens tokens, Lifetime lifetime) {
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    /** Of the time that a token is good for, so much is left when the next is asked for. */
    private static final int SHARE_AHEAD = 5;

    /** For a user's consent. */
    static Grant of(TokenOutcome.Granted granted, ProviderTokens.Client client) {
        return of(granted, new ProviderTokens("", null, client, false));
    }

    /** @param former what is kept of them where the provider gave nothing new */
    static Grant of(TokenOutcome.Granted granted, ProviderTokens former) {
        String refreshToken = granted.refreshToken() == null ? former.refreshToken() : granted.refreshToken();
        Duration expiresIn = granted.expiresIn();
        Duration refreshIn = expiresIn == null || refreshToken == null ? null : expiresIn.minus(ahead(expiresIn));
        return new Grant(
                new ProviderTokens(granted.accessToken(), refreshToken, former.client(), former.brought()),
                new Lifetime(expiresIn, refreshIn));
    }

    private static Duration ahead(Duration expiresIn) {
        Duration share = expiresIn.dividedBy(SHARE_AHEAD);
        return share.compareTo(AHEAD_MAX) < 0 ? share : AHEAD_MAX;
    }
}
