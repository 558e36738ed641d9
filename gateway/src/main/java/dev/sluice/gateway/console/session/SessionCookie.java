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
public final class SessionCookie {
    private static final String BOUND = "__Host-";

    private final String name;
    private final boolean publicIsSecure;

    /**
     * @param publicUrl what the outside calls us by; empty to go by each request
     */
    SessionCookie(String publicUrl) {
        this("sluice-session", publicUrl);
    }

    /** A cookie of another name, which is for something else and as well kept. */
    public SessionCookie(String name, String publicUrl) {
        this.name = name;
        this.publicIsSecure = publicUrl.startsWith("https://");
    }

    /** Whether browsers reach us over https. */
    public boolean isSecure(ServerRequest request) {
        return publicIsSecure || "https".equalsIgnoreCase(request.uri().getScheme());
    }

    /** What the browser shows; empty when it shows nothing. */
    public Optional<SessionToken> in(ServerRequest request) {
        return Optional.ofNullable(request.cookies().getFirst(name(request)))
                .map(HttpCookie::getValue)
                .filter(value -> !value.isEmpty())
                .map(SessionToken::new);
    }

    /** Gives it to the browser. It lasts as long as the browser's own session, and here no longer than the settings say. */
    public ResponseCookie of(ServerRequest request, SessionToken token) {
        return cookie(request, token.value()).build();
    }

    /** Takes it from the browser. */
    public ResponseCookie none(ServerRequest request) {
        return cookie(request, "").maxAge(Duration.ZERO).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(ServerRequest request, String value) {
        return ResponseCookie.from(name(request), value)
                .httpOnly(true)
                .secure(isSecure(request))
                .sameSite("Lax")
                .path("/");
    }

    private String name(ServerRequest request) {
        return isSecure(request) ? BOUND + name : name;
    }
}
