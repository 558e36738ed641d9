package dev.sluice.gateway.providers;

import static java.net.http.HttpRequest.BodyPublishers.ofString;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * What a user's browser does: follows the URL to the provider's page, agrees, and is sent back to the app.
 *
 * @param code what the app is given
 * @param state as the app had sent it
 */
public record Consent(String code, String state) {

    /** Agrees. */
    public static Consent given(String oauthUrl) {
        HttpResponse<String> redirect = get(oauthUrl);
        String page = location(redirect);
        HttpResponse<String> form = get(page);
        if (form.statusCode() != 200 || !form.body().contains("<form")) {
            throw new IllegalStateException("consent page: " + form.statusCode() + " " + form.body());
        }
        HttpResponse<String> back = OAuthServer.send(HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(ofString(Parameters.encode(Map.of("username", "ada"))))
                .build());
        Map<String, String> query = Fields.of(URI.create(location(back)).getRawQuery());
        return new Consent(Planted.given(query.getOrDefault("code", "")), query.getOrDefault("state", ""));
    }

    private static HttpResponse<String> get(String url) {
        return OAuthServer.send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(
                        "consent: " + response.statusCode() + " " + response.body() + " (expected: a redirect)"));
    }
}
