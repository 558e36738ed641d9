package dev.sluice.gateway.providers;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;

/** A provider's API as far as the gateway calls it: whose a token is, and webhooks. */
final class Api {
    static final String API_KEY = Planted.secret("harvest");

    private final String elementKey;
    private final TokenDesk tokens;
    private final Hooks hooks;

    Api(String elementKey, TokenDesk tokens) {
        this.elementKey = elementKey;
        this.tokens = tokens;
        this.hooks = new Hooks(elementKey);
    }

    Hooks hooks() {
        return hooks;
    }

    Told answer(Asked request) {
        if (elementKey.equals("greenhouse")) {
            return request.authorization().equals(Parameters.basic(API_KEY, ""))
                    ? Told.json(200, "[]")
                    : Told.json(401, "{\"message\":\"Invalid Basic Auth credentials\"}");
        }
        String token = request.credential();
        if (!tokens.isLive(token)) {
            return request.path().equals("/oauth2/metadata")
                    ? Told.json(200, "{\"error\":\"invalid_token\"}")
                    : Told.json(401, "{\"message\":\"Bad credentials\"}");
        }
        return switch (request.path()) {
            case "/api/user" -> Told.json(200, "{\"id\":7,\"login\":\"ada\"}");
            case "/api/2.0/users/me" -> Told.json(200, "{\"type\":\"user\",\"id\":\"226067247\"}");
            case "/api/v1/me" -> Told.json(200, "{\"data\":{\"id\":\"15240789\"}}");
            case "/oauth2/metadata" -> Told.json(200, "{\"dc\":\"us6\",\"user_id\":99,\"accountname\":\"Ada\"}");
            default -> deleteToken(request, token);
        };
    }

    private Told deleteToken(Asked request, String token) {
        return request.path().startsWith("/api/applications/") ? tokens.revoke(token) : hooks.answer(request);
    }
}
