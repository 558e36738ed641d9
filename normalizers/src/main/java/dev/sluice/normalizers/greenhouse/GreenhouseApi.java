package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.api.AccountCheck;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The check of a Harvest key. Webhooks need no key and are entered by hand at Greenhouse, and versions 1 and 2 of Harvest
 * were announced to end in August 2026: no answer is a reason to refuse an instance but a plain 401.
 */
final class GreenhouseApi {
    static final ProviderApi API = new ProviderApi(Optional.empty(), Optional.of(new HarvestKey()), Optional.empty());

    private GreenhouseApi() {}

    private static final class HarvestKey implements AccountCheck {
        @Override
        public String defaultUri() {
            return "https://harvest.greenhouse.io/v1/users?per_page=1";
        }

        @Override
        public ProviderRequest request(String uri, String credential) {
            return ProviderRequest.of("GET", uri)
                    .header("Authorization", Parameters.basic(credential, ""))
                    .header("Accept", "application/json");
        }

        @Override
        public Outcome outcome(ProviderResponse response) {
            if (response.isSuccessful()) {
                return new Outcome.Good(Map.of());
            }
            return switch (response.status()) {
                case 401 -> new Outcome.Bad("api.key: refused by Greenhouse (expected: a Harvest API key)");
                case 403 -> new Outcome.Doubtful("api.key: valid, but not permitted to list users");
                default ->
                    new Outcome.Doubtful("api.key: HTTP " + response.status()
                            + " (expected: 200); Harvest versions 1 and 2 were to end in August 2026");
            };
        }
    }
}
