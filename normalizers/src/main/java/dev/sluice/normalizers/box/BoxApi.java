package dev.sluice.normalizers.box;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Box's OAuth and version 2 webhooks. A code lives 30 seconds, a refresh token is single use, and giving a token back
 * may take the app's webhooks with it.
 */
final class BoxApi {
    /** What is watched: folders by id, files as {@code file:id}. */
    static final String TARGETS = "events.list.ids";

    private static final String FILE_PREFIX = "file:";
    private static final Endpoints ENDPOINTS = new Endpoints(
            "https://account.box.com/api/oauth2/authorize",
            "https://api.box.com/oauth2/token",
            "https://api.box.com/oauth2/revoke",
            "https://api.box.com");

    private static final List<String> FILE_TRIGGERS = List.of(
            "FILE.UPLOADED",
            "FILE.PREVIEWED",
            "FILE.DOWNLOADED",
            "FILE.TRASHED",
            "FILE.DELETED",
            "FILE.RESTORED",
            "FILE.COPIED",
            "FILE.MOVED",
            "FILE.LOCKED",
            "FILE.UNLOCKED",
            "FILE.RENAMED",
            "COMMENT.CREATED",
            "COMMENT.UPDATED",
            "COMMENT.DELETED",
            "TASK_ASSIGNMENT.CREATED",
            "TASK_ASSIGNMENT.UPDATED",
            "METADATA_INSTANCE.CREATED",
            "METADATA_INSTANCE.UPDATED",
            "METADATA_INSTANCE.DELETED",
            "SHARED_LINK.CREATED",
            "SHARED_LINK.UPDATED",
            "SHARED_LINK.DELETED");
    private static final List<String> FOLDER_ONLY_TRIGGERS = List.of(
            "FOLDER.CREATED",
            "FOLDER.RENAMED",
            "FOLDER.DOWNLOADED",
            "FOLDER.RESTORED",
            "FOLDER.DELETED",
            "FOLDER.COPIED",
            "FOLDER.MOVED",
            "FOLDER.TRASHED",
            "COLLABORATION.CREATED",
            "COLLABORATION.ACCEPTED",
            "COLLABORATION.REJECTED",
            "COLLABORATION.REMOVED",
            "COLLABORATION.UPDATED");

    static final ProviderApi API = new ProviderApi(
            Optional.of(new OAuthFlow(ENDPOINTS, false, 0, OAuthFlow.Revocation.FORM)),
            Optional.of(new User()),
            Optional.of(new Hooks()));

    private BoxApi() {}

    private static ProviderRequest authorized(ProviderRequest request, String accessToken) {
        return request.header("Authorization", "Bearer " + accessToken).header("Accept", "application/json");
    }

    private static final class User implements AccountCheck {
        @Override
        public String defaultUri() {
            return ENDPOINTS.apiUri() + "/2.0/users/me";
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
                    ? new Outcome.Bad("access token: refused by Box")
                    : new Outcome.Doubtful("Box user: HTTP " + response.status() + " (expected: 200)");
        }
    }

    private static final class Hooks implements HookRegistration {

        /** Keys cannot be set by request: they are the app's, from Box's console. */
        @Override
        public List<ProviderRequest> create(
                String apiUri, Map<String, String> settings, String accessToken, String url, String secret) {
            return Arrays.stream(settings.getOrDefault(TARGETS, "").split(",", -1))
                    .map(String::trim)
                    .filter(target -> !target.isEmpty())
                    .map(target -> authorized(ProviderRequest.of("POST", apiUri + "/2.0/webhooks"), accessToken)
                            .json(hook(target, url)))
                    .toList();
        }

        @Override
        public HookOutcome created(ProviderResponse response) {
            String id = response.json().path("id").asString("");
            if (response.isSuccessful() && !id.isEmpty()) {
                return new HookOutcome.Registered(id, null);
            }
            return response.status() == 409
                    ? new HookOutcome.AlreadyThere()
                    : new HookOutcome.Refused(
                            response.status(), response.json().path("message").asString(""));
        }

        @Override
        public ProviderRequest check(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized(ProviderRequest.of("GET", hookUrl(apiUri, hookId)), accessToken);
        }

        @Override
        public ProviderRequest delete(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized(ProviderRequest.of("DELETE", hookUrl(apiUri, hookId)), accessToken);
        }

        private static String hookUrl(String apiUri, String hookId) {
            return apiUri + "/2.0/webhooks/" + Parameters.encode(hookId);
        }

        private static String hook(String target, String url) {
            boolean file = target.startsWith(FILE_PREFIX);
            List<String> triggers = file
                    ? FILE_TRIGGERS
                    : Stream.concat(FILE_TRIGGERS.stream(), FOLDER_ONLY_TRIGGERS.stream())
                            .toList();
            String id = file ? target.substring(FILE_PREFIX.length()) : target;
            return Json.object(Map.of(
                    "target",
                    Map.of("id", id, "type", file ? "file" : "folder"),
                    "address",
                    url,
                    "triggers",
                    triggers));
        }
    }
}
