package dev.sluice.normalizers.github;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.AccountCheck;
import dev.sluice.normalizers.api.Endpoints;
import dev.sluice.normalizers.api.HookOutcome;
import dev.sluice.normalizers.api.HookRegistration;
import dev.sluice.normalizers.api.Json;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitHub's OAuth apps and repository webhooks. */
final class GitHubApi {
    private static final Endpoints ENDPOINTS = new Endpoints(
            "https://github.com/login/oauth/authorize",
            "https://github.com/login/oauth/access_token",
            "https://api.github.com/applications/{client_id}/token",
            "https://api.github.com");

    static final ProviderApi API = new ProviderApi(
            Optional.of(new OAuthFlow(ENDPOINTS, false, 0, OAuthFlow.Revocation.DELETE_JSON)),
            Optional.of(new User()),
            Optional.of(new Hooks()));

    private GitHubApi() {}

    private static ProviderRequest authorized(ProviderRequest request, String accessToken) {
        return request.header("Authorization", "Bearer " + accessToken)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                // Without one GitHub answers 403.
                .header("User-Agent", "Sluice");
    }

    private static final class User implements AccountCheck {
        @Override
        public String defaultUri() {
            return ENDPOINTS.apiUri() + "/user";
        }

        @Override
        public ProviderRequest request(String uri, String credential) {
            return authorized(ProviderRequest.of("GET", uri), credential);
        }

        @Override
        public Outcome outcome(ProviderResponse response) {
            String id = response.json().path("id").asString("");
            if (response.isSuccessful() && !id.isEmpty()) {
                return new Outcome.Good(Map.of(SettingKeys.OAUTH_USER_ID, id));
            }
            return response.status() == 401
                    ? new Outcome.Bad(response.json().path("message").asString(""))
                    : new Outcome.Doubtful("GitHub user: HTTP " + response.status() + " (expected: 200)");
        }
    }

    private static final class Hooks implements HookRegistration {

        @Override
        public SecretUse secretUse() {
            return SecretUse.SIGNATURE;
        }

        @Override
        public List<ProviderRequest> create(
                String apiUri, Map<String, String> settings, String accessToken, String url, String secret) {
            Map<String, Object> hook = Map.of(
                    "name",
                    "web",
                    "active",
                    true,
                    "events",
                    List.of("*"),
                    "config",
                    Map.of("url", url, "content_type", "json", "secret", secret, "insecure_ssl", "0"));
            return List.of(authorized(ProviderRequest.of("POST", hooks(apiUri, settings)), accessToken)
                    .json(Json.object(hook)));
        }

        @Override
        public HookOutcome created(ProviderResponse response) {
            String id = response.json().path("id").asString("");
            if (response.isSuccessful() && !id.isEmpty()) {
                return new HookOutcome.Registered(id, null);
            }
            // Validation failed; of our own fixed request only the address can be what is already there.
            return response.status() == 422 && response.body().contains("already exists")
                    ? new HookOutcome.AlreadyThere()
                    : new HookOutcome.Refused(
                            response.status(), response.json().path("message").asString(""));
        }

        @Override
        public ProviderRequest check(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized(ProviderRequest.of("GET", hook(apiUri, settings, hookId)), accessToken);
        }

        @Override
        public ProviderRequest delete(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized(ProviderRequest.of("DELETE", hook(apiUri, settings, hookId)), accessToken);
        }

        private static String hook(String apiUri, Map<String, String> settings, String hookId) {
            return hooks(apiUri, settings) + '/' + Parameters.encode(hookId);
        }

        /** The repository's setting may be its name or its full name. */
        private static String hooks(String apiUri, Map<String, String> settings) {
            String organization =
                    settings.getOrDefault(GitHubOwners.ORGANIZATION, "").trim();
            String repository =
                    settings.getOrDefault(GitHubOwners.REPOSITORY, "").trim();
            String name = repository.substring(repository.lastIndexOf('/') + 1);
            return apiUri + "/repos/" + Parameters.encode(organization) + '/' + Parameters.encode(name) + "/hooks";
        }
    }
}
