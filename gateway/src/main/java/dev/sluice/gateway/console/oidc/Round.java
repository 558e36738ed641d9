package dev.sluice.gateway.console.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.sluice.gateway.console.session.SessionToken;
import java.util.Base64;
import java.util.Optional;

/**
 * One way to the issuer and back. All that binds the answer to the browser that asked derives of the token in its cookie,
 * and none of it tells the others.
 *
 * @param token in the browser's cookie
 */
record Round(SessionToken token) {
    /** What the answer has to come back with; it also says where to go then. */
    State state(String to) {
        return new State(token.proofOf("state " + to) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(to.getBytes(UTF_8)));
    }

    /** Where to go, if the round began in this browser; empty when it did not. */
    Optional<String> begunFor(String state) {
        int dot = state.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            String to = new String(Base64.getUrlDecoder().decode(state.substring(dot + 1)), UTF_8);
            return Optional.of(to).filter(each -> token.isProvenBy("state " + each, state.substring(0, dot)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    Nonce nonce() {
        return new Nonce(token.proofOf("nonce"));
    }

    CodeVerifier verifier() {
        return new CodeVerifier(token.proofOf("verifier"));
    }
}
