package dev.sluice.normalizers.api;

import java.util.List;
import java.util.Map;

/** How webhooks are registered at a provider. Settings are an instance's configuration by key. */
public interface HookRegistration {

    /** How a webhook proves that it comes from whom we told our secret. */
    enum SecretUse {
        /** By a signature made with a key that we choose: {@code event.vendor.signature.key}. */
        SIGNATURE,
        /** By our secret in the query of its URL: {@code event.vendor.url.secret}. */
        URL,
        /** Not by anything that we choose. */
        NONE
    }

    /** What the secret is for. */
    default SecretUse secretUse() {
        return SecretUse.NONE;
    }

    /**
     * The requests that register all webhooks the instance needs: one for each repository, folder or audience.
     *
     * @param url where webhooks shall go
     * @param secret what the provider shall sign with, where it lets us choose
     * @return empty when the settings name nothing to watch
     */
    List<ProviderRequest> create(
            String apiUri, Map<String, String> settings, String accessToken, String url, String secret);

    /** What the answer to one of them says. */
    HookOutcome created(ProviderResponse response);

    /**
     * Asks whether a webhook still stands: 2xx if so, 404 if not.
     *
     * @param hookId from {@link HookOutcome.Registered}
     */
    ProviderRequest check(String apiUri, Map<String, String> settings, String accessToken, String hookId);

    /** Removes a webhook; 404 means that it is gone already. */
    ProviderRequest delete(String apiUri, Map<String, String> settings, String accessToken, String hookId);
}
