package dev.sluice.normalizers.hootsuite;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.AccountCheck;
import dev.sluice.normalizers.api.Endpoints;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Hootsuite's OAuth. A code sent twice revokes every token it produced. Webhooks are entered by hand in Hootsuite's
 * portal, and there is no call to give tokens back.
 */
final class HootsuiteApi {
    private static final int STATE_LENGTH_MIN = 8;
    private static final Endpoints ENDPOINTS = new Endpoints(
            "https://platform.hootsuite.com/oauth2/auth",
            "https://platform.hootsuite.com/oauth2/token",
            null,
            "https://platform.hootsuite.com");

    static final ProviderApi API = new ProviderApi(
            Optional.of(new OAuthFlow(ENDPOINTS, true, STATE_LENGTH_MIN, OAuthFlow.Revocation.NONE)),
            Optional.of(new Member()),
            Optional.empty());

    private HootsuiteApi() {}

    private static final class Member implements AccountCheck {
        @Override
        public String defaultUri() {
            return ENDPOINTS.apiUri() + "/v1/me";
        }

        @Override
        public ProviderRequest request(String uri, String credential) {
            return ProviderRequest.of("GET", uri)
                    .header("Authorization", "Bearer " + credential)
                    .header("Accept", "application/json");
        }

        /** A 200 may hold data and errors together: the data counts. */
        @Override
        public Outcome outcome(ProviderResponse response) {
            String id = response.json().path("data").path("id").asString("");
            if (response.isSuccessful() && !id.isEmpty()) {
                return new Outcome.Good(Map.of(SettingKeys.OAUTH_USER_ID, id));
            }
            return response.status() == 401
                    ? new Outcome.Bad(response.json()
                            .path("errors")
                            .path(0)
                            .path("message")
                            .asString("access token: refused by Hootsuite"))
                    : new Outcome.Doubtful("Hootsuite member: HTTP " + response.status() + " (expected: 200)");
        }
    }
}
