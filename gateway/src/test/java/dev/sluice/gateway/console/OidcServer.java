package dev.sluice.gateway.console;

import dev.sluice.gateway.rig.process.FreePort;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** An identity provider: a real OpenID Connect server that signs in whomever the next token is to name. */
final class OidcServer implements AutoCloseable {
    private static final String NAME = "people";
    private static final String CLIENT_ID = "the-console";

    private final MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config());

    OidcServer() {
        server.start(InetAddress.getLoopbackAddress(), FreePort.find());
    }

    /** The gateway's arguments that lead it here. */
    List<String> settings() {
        return List.of(
                "--sluice.console.oidc.issuer=" + issuer(),
                "--sluice.console.oidc.client-id=" + CLIENT_ID,
                "--sluice.console.oidc.client-secret=a secret: with/all that & needs %");
    }

    String issuer() {
        return server.issuerUrl(NAME).toString();
    }

    /** The next token says that. */
    void says(Map<String, ?> claims, int secondsValid) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(
                NAME, "subject-of-a-test", "JWT", List.of(CLIENT_ID), Map.copyOf(claims), secondsValid));
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
