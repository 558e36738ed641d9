package dev.sluice.normalizers.api;

import java.util.Optional;

/**
 * What can be asked of a provider.
 *
 * @param oauth how instances get tokens; empty where the provider has no OAuth
 * @param account how an account is looked up or a key is checked; empty where there is no such call
 * @param hooks how webhooks are registered; empty where that is done by hand at the provider
 */
public record ProviderApi(Optional<OAuthFlow> oauth, Optional<AccountCheck> account, Optional<HookRegistration> hooks) {

    /** A provider of which nothing can be asked. */
    public static final ProviderApi NONE = new ProviderApi(Optional.empty(), Optional.empty(), Optional.empty());
}
