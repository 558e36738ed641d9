package dev.sluice.gateway.providers;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A provider's token endpoint: a real one behind it, and what this provider does differently. */
public final class TokenDesk {
    /** What all fake providers know of the app. */
    public static final String CLIENT_ID = "app-4711";

    public static final String CLIENT_SECRET = Planted.secret("app");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private final Set<String> usedUp = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger secondUses = new AtomicInteger();
    private final String elementKey;
    private final OAuthServer oauth;
    private volatile int expiresIn = 3_600;

    TokenDesk(String elementKey, OAuthServer oauth) {
        this.elementKey = elementKey;
        this.oauth = oauth;
    }

    /** What it says of tokens that it makes from now on. */
    public void expiresIn(int seconds) {
        expiresIn = seconds;
    }

    /** How often new tokens were given for a refresh token. */
    public int refreshes() {
        return refreshes.get();
    }

    /** How often a code or refresh token came a second time, which locks out at some providers. */
    public int secondUses() {
        return secondUses.get();
    }

    /** Whether calls with that token are allowed. */
    boolean isLive(String accessToken) {
        return live.contains(accessToken);
    }

    /** The access tokens that are good now. */
    public Set<String> live() {
        return Set.copyOf(live);
    }

    /** Ends all access tokens; refresh tokens stay good. */
    public void endAccess() {
        live.clear();
    }

    Told revoke(String token) {
        return live.remove(token) ? Told.json(200, "") : Told.json(400, "{\"error\":\"invalid_token\"}");
    }

    Told token(Asked request) {
        Map<String, String> form = new LinkedHashMap<>(request.form());
        if (!knowsClient(request, form)) {
            return error(request, 401, "invalid_client", "The client_id and/or client_secret passed are incorrect.");
        }
        form.keySet().removeAll(Set.of("client_id", "client_secret"));
        boolean refresh = "refresh_token".equals(form.get("grant_type"));
        if (!usedUp.add(form.getOrDefault(refresh ? "refresh_token" : "code", ""))) {
            secondUses.incrementAndGet();
            return error(request, 400, "invalid_grant", "Used before: " + form);
        }
        HttpResponse<String> made = oauth.token(form, CLIENT_ID, CLIENT_SECRET);
        JsonNode json = JSON.readTree(made.body());
        if (made.statusCode() != 200) {
            boolean github = elementKey.equals("github");
            return error(request, 400, github ? "bad_verification_code" : "invalid_grant", "Not one of ours.");
        }
        if (refresh) {
            refreshes.incrementAndGet();
        }
        return granted(request, json);
    }

    private boolean knowsClient(Asked request, Map<String, String> form) {
        if (elementKey.equals("hootsuite")) {
            return request.authorization().equals(Parameters.basic(CLIENT_ID, CLIENT_SECRET))
                    && !form.containsKey("client_id");
        }
        return CLIENT_ID.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret"));
    }

    private Told granted(Asked request, JsonNode made) {
        String accessToken = Planted.given(made.path("access_token").asString());
        live.add(accessToken);
        ObjectNode answer = JSON.createObjectNode().put("access_token", accessToken);
        if (elementKey.equals("mailchimpv3")) {
            return Told.json(200, answer.put("expires_in", 0).putNull("scope").toString());
        }
        answer.put(elementKey.equals("hootsuite") ? "token_Type" : "token_type", "bearer");
        if (expiresIn > 0) {
            answer.put("expires_in", expiresIn)
                    .put(
                            "refresh_token",
                            Planted.given(made.path("refresh_token").asString()));
        }
        return elementKey.equals("github") && !request.accept().contains("json")
                ? new Told(200, "application/x-www-form-urlencoded", "access_token=" + accessToken, Map.of())
                : Told.json(200, answer.toString());
    }

    private Told error(Asked request, int status, String error, String description) {
        int said = elementKey.equals("github") ? 200 : status;
        String body = JSON.createObjectNode()
                .put("error", error)
                .put("error_description", description)
                .toString();
        return request.accept().contains("json") || !elementKey.equals("github")
                ? Told.json(said, body)
                : new Told(said, "application/x-www-form-urlencoded", "error=" + error, Map.of());
    }
}
