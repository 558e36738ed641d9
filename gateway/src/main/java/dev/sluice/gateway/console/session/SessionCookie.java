package dev.sluice.gateway.console.session;

import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The cookie that holds the token. Over https its name binds it to this host and to https; over plain http, where browsers
 * refuse such a name, it is an ordinary one, and pages say so.
 */
final class SessionCookie {
    private static final String PLAIN = "sluice-session";
    private static final String BOUND = "__Host-" + PLAIN;

    private final boolean publicIsSecure;

    /**
     * @param publicUrl what the outside calls us by; empty to go by each request
     */
    SessionCookie(String publicUrl) {
        this.publicIsSecure = publicUrl.startsWith("https://");
    }

    /** Whether browsers reach us over https. */
    boolean isSecure(ServerRequest request) {
        return publicIsSecure || "https".equalsIgnoreCase(request.uri().getScheme());
    }

    /** What the browser shows; empty when it shows nothing. */
    Optional<SessionToken> in(ServerRequest request) {
        return Optional.ofNullable(request.cookies().getFirst(isSecure(request) ? BOUND : PLAIN))
                .map(HttpCookie::getValue)
                .filter(value -> !value.isEmpty())
                .map(SessionToken::new);
    }

    /** Gives it to the browser. It lasts as long as the browser's own session, and here no longer than the settings say. */
    ResponseCookie of(ServerRequest request, SessionToken token) {
        return cookie(request, token.value()).build();
    }

    /** Takes it from the browser. */
    ResponseCookie none(ServerRequest request) {
        return cookie(request, "").maxAge(Duration.ZERO).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(ServerRequest request, String value) {
        boolean secure = isSecure(request);
        return ResponseCookie.from(secure ? BOUND : PLAIN, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/");
    }
}
