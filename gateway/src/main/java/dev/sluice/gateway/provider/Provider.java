package dev.sluice.gateway.provider;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.api.AccountCheck;
import dev.sluice.normalizers.api.HookRegistration;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.ProviderRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider as this installation reaches it.
 *
 * @param oauth how instances get tokens; empty where the provider has no OAuth
 * @param account how an account is looked up or a key is checked; empty where there is no such call
 * @param hooks how webhooks are registered; empty where that is done by hand
 */
public record Provider(Element element, Optional<OAuthFlow> oauth, Optional<Account> account, Optional<Hooks> hooks) {

    /** The check of an account at its address. */
    public record Account(AccountCheck check, String uri) {
        /** The call with that access token or API key. */
        public ProviderRequest request(String credential) {
            return check.request(uri, credential);
        }
    }

    /**
     * The registration of webhooks.
     *
     * @param apiUri what its paths are appended to
     */
    public record Hooks(HookRegistration registration, String apiUri) {}

    static Provider of(Element element, ProviderSettings.Addresses given) {
        OAuthFlow flow = element.api().oauth().orElse(null);
        AccountCheck check = element.api().account().orElse(null);
        Places places = flow != null
                ? new Places(flow.endpoints(), given)
                : new Places(Places.origin(check == null ? "" : check.defaultUri()), given);
        return new Provider(
                element,
                Optional.ofNullable(flow).map(own -> own.at(places.endpoints())),
                Optional.ofNullable(check)
                        .flatMap(own -> places.account(own.defaultUri()).map(uri -> new Account(own, uri))),
                element.api().hooks().flatMap(own -> places.api().map(uri -> new Hooks(own, uri))));
    }

    /** Its name for people. */
    public String name() {
        return element.descriptor().name();
    }

    /** The element's key. */
    public String key() {
        return element.descriptor().key();
    }

    /** Whether its own definition has an account check that this installation does not reach. */
    public @Nullable String unreachableAccount() {
        return element.api().account().isPresent() && account.isEmpty()
                ? "sluice.elements." + key()
                        + ".oauth.token-uri is set and .api-uri is not: the account is not looked up,"
                        + " because tokens of the one place are not shown to the other."
                : null;
    }
}
