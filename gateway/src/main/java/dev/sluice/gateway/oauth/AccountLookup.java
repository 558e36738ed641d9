package dev.sluice.gateway.oauth;

import dev.sluice.gateway.error.ProviderException;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.ProviderUnreachableException;
import dev.sluice.normalizers.api.AccountCheck.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds out whose a credential is, and whether it is good. Whoever cannot be asked is no reason to refuse an instance. */
final class AccountLookup {
    /** A caller waits for it, and it is not worth more. */
    private static final Duration LIMIT = Duration.ofMillis(2_500);

    private final ProviderClient client;

    AccountLookup(ProviderClient client) {
        this.client = client;
    }

    /**
     * Asks.
     *
     * @param credential an access token or an API key
     * @param grant goes into the result
     * @return what was found; a {@link ProviderException} when the provider refused the credential
     */
    Mono<Opened> check(Provider provider, String credential, @Nullable Grant grant) {
        Provider.Account account = provider.account().orElse(null);
        if (account == null) {
            String unreachable = provider.unreachableAccount();
            return Mono.just(new Opened(grant, Map.of(), unreachable == null ? List.of() : List.of(unreachable)));
        }
        return client.call(account.request(credential), LIMIT)
                .map(response -> account.check().outcome(response))
                .onErrorResume(
                        ProviderUnreachableException.class, unreachable -> Mono.just(away(provider, unreachable)))
                .map(outcome -> opened(provider, outcome, credential, grant));
    }

    private static Outcome away(Provider provider, ProviderUnreachableException unreachable) {
        return new Outcome.Doubtful(
                provider.name() + ": " + unreachable.getMessage() + ", so the credentials could not be checked.");
    }

    private static Opened opened(Provider provider, Outcome outcome, String credential, @Nullable Grant grant) {
        if (outcome instanceof Outcome.Good good) {
            return new Opened(grant, good.settings(), List.of());
        }
        if (outcome instanceof Outcome.Doubtful doubtful) {
            return new Opened(grant, Map.of(), List.of(ProviderWords.shown(doubtful.warning(), List.of(credential))));
        }
        throw ProviderException.refused(
                "credentials: refused by " + provider.name()
                        + " (expected: good ones, or none: receiving webhooks needs none)",
                ProviderWords.shown(((Outcome.Bad) outcome).message(), List.of(credential)));
    }
}
