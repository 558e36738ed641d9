package dev.sluice.gateway.providers;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Requests for instances as the pages tell users to send them. */
final class Bodies {
    static final String CALLBACK_URL = "https://app.example/callback";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Bodies() {}

    /** An instance with OAuth; the code is left out when empty. */
    static String oauth(String elementKey, String code, Map<String, String> more) {
        Map<String, String> configuration = new LinkedHashMap<>(Map.of(
                "oauth.api.key", TokenDesk.CLIENT_ID,
                "oauth.api.secret", TokenDesk.CLIENT_SECRET,
                "oauth.callback.url", CALLBACK_URL));
        if (elementKey.equals("github")) {
            configuration.put("github.organization", "acme");
            configuration.put("github.repository", "shop");
        }
        configuration.putAll(more);
        return instance(elementKey, code, configuration);
    }

    static String instance(String elementKey, String code, Map<String, String> configuration) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("element", Map.of("key", elementKey));
        body.put("name", "Ada's " + elementKey);
        body.put("configuration", configuration);
        if (!code.isEmpty()) {
            body.put("providerData", Map.of("code", code));
        }
        return JSON.writeValueAsString(body);
    }
}
