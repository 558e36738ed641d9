package dev.sluice.gateway.providers;

import static java.net.http.HttpRequest.BodyPublishers.ofString;

import dev.sluice.gateway.contract.CheckedHttp;
import dev.sluice.gateway.rig.process.FreePort;
import dev.sluice.normalizers.api.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/** An OAuth 2 server that shows a page to users, makes codes of their consent, and tokens of codes. */
final class OAuthServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config(true, null, null, true));
    private final String url;

    OAuthServer() {
        int port = FreePort.find();
        server.start(InetAddress.getLoopbackAddress(), port);
        url = "http://127.0.0.1:" + port + "/provider";
    }

    /** Its page for users. It speaks OpenID Connect, so that scope goes with the provider's own. */
    String authorizeUrl(Map<String, String> parameters) {
        Map<String, String> asked = new LinkedHashMap<>(parameters);
        asked.merge("scope", "openid", (given, openid) -> openid + " " + given);
        return url + "/authorize?" + Parameters.encode(asked);
    }

    /** Tokens for a code or a refresh token, or an error. */
    HttpResponse<String> token(Map<String, String> form, String clientId, String clientSecret) {
        return send(HttpRequest.newBuilder(URI.create(url + "/token"))
                .header("Authorization", Parameters.basic(clientId, clientSecret))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(ofString(Parameters.encode(form)))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CheckedHttp.send(HTTP, request);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
