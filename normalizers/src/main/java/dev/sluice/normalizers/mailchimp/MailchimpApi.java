package dev.sluice.normalizers.mailchimp;

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
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Mailchimp's OAuth, whose tokens never expire, and its webhooks, of which each audience has its own. */
final class MailchimpApi {
    /** The audiences that are watched. */
    static final String LIST_IDS = "events.list.ids";

    /** The account's data centre, which is part of the API's host name. */
    static final String DATA_CENTRE = "mailchimp.dc";

    /** A host is made of it, so it must be nothing else. */
    private static final Pattern SAFE_DATA_CENTRE = Pattern.compile("[a-z]{2}\\d{1,4}");

    private static final Endpoints ENDPOINTS = new Endpoints(
            "https://login.mailchimp.com/oauth2/authorize",
            "https://login.mailchimp.com/oauth2/token",
            null,
            "https://{dc}.api.mailchimp.com/3.0");

    static final ProviderApi API = new ProviderApi(
            Optional.of(new OAuthFlow(ENDPOINTS, false, 0, OAuthFlow.Revocation.NONE)),
            Optional.of(new Metadata()),
            Optional.of(new Hooks()));

    private MailchimpApi() {}

    private static final class Metadata implements AccountCheck {
        @Override
        public String defaultUri() {
            return "https://login.mailchimp.com/oauth2/metadata";
        }

        @Override
        public ProviderRequest request(String uri, String credential) {
            return ProviderRequest.of("GET", uri)
                    .header("Authorization", "OAuth " + credential)
                    .header("Accept", "application/json");
        }

        /** A bad token is answered with 200 and an error. */
        @Override
        public Outcome outcome(ProviderResponse response) {
            JsonNode json = response.json();
            String error = json.path("error").asString("");
            if (!error.isEmpty()) {
                return new Outcome.Bad(error);
            }
            String dataCentre = json.path("dc").asString("");
            if (!response.isSuccessful()
                    || !SAFE_DATA_CENTRE.matcher(dataCentre).matches()) {
                return new Outcome.Doubtful("Mailchimp metadata: HTTP " + response.status()
                        + " without a usable dc (expected: 200 with a dc like us6)");
            }
            String userId = json.path("user_id").asString("");
            return new Outcome.Good(
                    userId.isEmpty()
                            ? Map.of(DATA_CENTRE, dataCentre)
                            : Map.of(DATA_CENTRE, dataCentre, SettingKeys.OAUTH_USER_ID, userId));
        }
    }

    private static final class Hooks implements HookRegistration {

        @Override
        public SecretUse secretUse() {
            return SecretUse.URL;
        }

        /** Mailchimp chooses the secret itself. The URL must answer its GET before this is sent. */
        @Override
        public List<ProviderRequest> create(
                String apiUri, Map<String, String> settings, String accessToken, String url, String secret) {
            String hook = Json.object(Map.of(
                    "url",
                    url,
                    "events",
                    Map.of(
                            "subscribe", true,
                            "unsubscribe", true,
                            "profile", true,
                            "cleaned", true,
                            "upemail", true,
                            "campaign", true),
                    "sources",
                    Map.of("user", true, "admin", true, "api", true)));
            return Arrays.stream(settings.getOrDefault(LIST_IDS, "").split(",", -1))
                    .map(String::trim)
                    .filter(list -> !list.isEmpty())
                    .map(list -> authorized("POST", hooks(apiUri, settings, list), accessToken)
                            .json(hook))
                    .toList();
        }

        @Override
        public HookOutcome created(ProviderResponse response) {
            JsonNode json = response.json();
            String id = json.path("id").asString("");
            String list = json.path("list_id").asString("");
            if (response.isSuccessful() && !id.isEmpty() && !list.isEmpty()) {
                String secret = json.path("signing_secret").asString("");
                return new HookOutcome.Registered(list + '/' + id, secret.isEmpty() ? null : secret);
            }
            String detail = json.path("detail").asString("");
            return response.status() == 400 && response.body().contains("multiple WebHooks")
                    ? new HookOutcome.AlreadyThere()
                    : new HookOutcome.Refused(response.status(), detail);
        }

        @Override
        public ProviderRequest check(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized("GET", hook(apiUri, settings, hookId), accessToken);
        }

        @Override
        public ProviderRequest delete(String apiUri, Map<String, String> settings, String accessToken, String hookId) {
            return authorized("DELETE", hook(apiUri, settings, hookId), accessToken);
        }

        private static ProviderRequest authorized(String method, String url, String accessToken) {
            return ProviderRequest.of(method, url)
                    .header("Authorization", "Bearer " + accessToken)
                    .header("Accept", "application/json");
        }

        /** An id is that of the audience and that of the webhook with a slash between them. */
        private static String hook(String apiUri, Map<String, String> settings, String hookId) {
            int slash = hookId.indexOf('/');
            return hooks(apiUri, settings, hookId.substring(0, Math.max(0, slash)))
                    + '/'
                    + Parameters.encode(hookId.substring(slash + 1));
        }

        private static String hooks(String apiUri, Map<String, String> settings, String list) {
            String dataCentre = settings.getOrDefault(DATA_CENTRE, "");
            if (apiUri.contains("{dc}") && !SAFE_DATA_CENTRE.matcher(dataCentre).matches()) {
                throw new IllegalArgumentException(
                        DATA_CENTRE + ": no data centre (expected: two letters and a number, as us6)");
            }
            return apiUri.replace("{dc}", dataCentre) + "/lists/" + Parameters.encode(list) + "/webhooks";
        }
    }
}
