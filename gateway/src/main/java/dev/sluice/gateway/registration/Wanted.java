package dev.sluice.gateway.registration;

import dev.sluice.gateway.provider.Provider;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.persistence.hook.ProviderHooks;
import dev.sluice.persistence.instance.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which webhooks an instance is to have, by its configuration. */
final class Wanted {
    private Wanted() {}

    /** Whether we are to register any. */
    static boolean by(Map<String, String> configuration) {
        return "true".equalsIgnoreCase(configuration.getOrDefault(SettingKeys.VENDOR_SUBSCRIBE, ""));
    }

    /** The configuration without what is secret: what the provider's paths are made of. */
    static Map<String, String> open(Instance instance) {
        Map<String, String> open = new HashMap<>(instance.configuration());
        open.keySet().removeAll(instance.secretKeys());
        return open;
    }

    /**
     * Whether those that stand are the ones that are wanted.
     *
     * @param settings what webhooks registered now would be registered with
     * @throws IllegalArgumentException when the settings make no address
     */
    static boolean same(Provider.Hooks provider, ProviderHooks standing, Map<String, String> settings) {
        String url = standing.wantedUrl();
        return standing.url().equals(url)
                && places(provider, url, settings).equals(places(provider, url, standing.settings()));
    }

    /** Method, address and body of each: two that are equal here are one webhook. */
    private static List<String> places(Provider.Hooks provider, String url, Map<String, String> settings) {
        return provider.registration().create(provider.apiUri(), settings, "", url, "").stream()
                .map(Wanted::place)
                .toList();
    }

    private static String place(ProviderRequest request) {
        return request.method() + ' ' + request.url() + ' ' + request.body();
    }
}
