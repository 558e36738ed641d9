package dev.sluice.normalizers.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A provider's OAuth 2 with its quirks: an authorization code for tokens, and a refresh token for new ones.
 *
 * @param endpoints the provider's own
 * @param clientByBasic whether id and secret go into an HTTP Basic header and nowhere else; otherwise into the form
 * @param stateLengthMin the shortest state the provider accepts
 * @param revocation how tokens are given back
 */
public record OAuthFlow(Endpoints endpoints, boolean clientByBasic, int stateLengthMin, Revocation revocation) {

    /** How a provider takes tokens back. */
    public enum Revocation {
        /** Not at all. */
        NONE,
        /** A form with client and token. */
        FORM,
        /** DELETE with the client by Basic and the token as JSON. */
        DELETE_JSON
    }

    /** The same flow at other addresses. */
    public OAuthFlow at(Endpoints others) {
        return new OAuthFlow(others, clientByBasic, stateLengthMin, revocation);
    }

    /**
     * Where to send the user.
     *
     * @param state comes back unchanged; padded by dots where the provider asks for a longer one
     */
    public String authorizeUrl(OAuthClient client, String state) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.id());
        parameters.put("redirect_uri", client.redirectUri());
        if (!client.scope().isBlank()) {
            parameters.put("scope", client.scope());
        }
        parameters.put("state", state + ".".repeat(Math.max(0, stateLengthMin - state.length())));
        String uri = endpoints.authorizeUri();
        return uri + (uri.indexOf('?') < 0 ? '?' : '&') + Parameters.encode(parameters);
    }

    /** Tokens for a code. Codes are single use: never send it twice, not even after a timeout. */
    public ProviderRequest exchange(OAuthClient client, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.redirectUri());
        return tokenRequest(client, form);
    }

    /** New tokens for a refresh token, which is single use at most providers: one at a time for an instance. */
    public ProviderRequest refresh(OAuthClient client, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return tokenRequest(client, form);
    }

    /** What the answer to {@link #exchange} or {@link #refresh} says. An error counts whatever the status: GitHub's is 200. */
    public TokenOutcome tokens(ProviderResponse response) {
        JsonNode json = response.json();
        String error = text(json, "error");
        if (error != null) {
            String description = text(json, "error_description");
            return new TokenOutcome.Denied(error, description == null ? "" : description);
        }
        String accessToken = text(json, "access_token");
        if (!response.isSuccessful() || accessToken == null) {
            return new TokenOutcome.Unclear("token response: HTTP " + response.status()
                    + (accessToken == null ? " without" : " with") + " access_token (expected: 2xx with access_token)");
        }
        return new TokenOutcome.Granted(accessToken, text(json, "refresh_token"), expiresIn(json));
    }

    /** Gives a token back; empty where the provider has no such call. Best effort: the instance goes either way. */
    public Optional<ProviderRequest> revoke(OAuthClient client, String token) {
        String uri = endpoints.revokeUri();
        if (uri == null || revocation == Revocation.NONE) {
            return Optional.empty();
        }
        String url = uri.replace("{client_id}", Parameters.encode(client.id()));
        if (revocation == Revocation.FORM) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("client_id", client.id());
            form.put("client_secret", client.secret());
            form.put("token", token);
            return Optional.of(ProviderRequest.of("POST", url).form(form));
        }
        return Optional.of(ProviderRequest.of("DELETE", url)
                .header("Authorization", Parameters.basic(client.id(), client.secret()))
                .json(Json.object(Map.of("access_token", token))));
    }

    private ProviderRequest tokenRequest(OAuthClient client, Map<String, String> form) {
        // Without the Accept header GitHub answers with a form.
        ProviderRequest request =
                ProviderRequest.of("POST", endpoints.tokenUri()).header("Accept", "application/json");
        if (clientByBasic) {
            return request.header("Authorization", Parameters.basic(client.id(), client.secret()))
                    .form(form);
        }
        form.put("client_id", client.id());
        form.put("client_secret", client.secret());
        return request.form(form);
    }

    /** Nothing and 0, which is what Mailchimp sends, mean that the token does not expire. */
    private static @Nullable Duration expiresIn(JsonNode json) {
        String seconds = text(json, "expires_in");
        if (seconds == null || !seconds.matches("\\d{1,9}")) {
            return null;
        }
        Duration duration = Duration.ofSeconds(Long.parseLong(seconds));
        return duration.isZero() ? null : duration;
    }

    /** Names are compared without case: Hootsuite's own reference spells one {@code token_Type}. */
    private static @Nullable String text(JsonNode json, String name) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().toLowerCase(Locale.ROOT).equals(name)
                    && field.getValue().isValueNode()) {
                String text = field.getValue().asString("");
                return text.isEmpty() ? null : text;
            }
        }
        return null;
    }
}
