package dev.sluice.gateway.console.session;

import dev.sluice.gateway.error.ForbiddenException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Whether a page of this host sent a form: browsers say which one did. Over https, and to the own machine, they say it in words
 * that no proxy changes on the way; else it is the host that the outside calls us by.
 */
final class SameOrigin {
    private SameOrigin() {}

    /** Errors 403 when a browser says that another host's page sent it. */
    static Mono<Void> check(ServerRequest request) {
        return Mono.fromRunnable(() -> {
            String site = request.headers().firstHeader("Sec-Fetch-Site");
            String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
            boolean ours = site == null
                    ? origin == null || isHost(origin, request.uri().getRawAuthority())
                    : site.equals("same-origin") || site.equals("none");
            if (!ours) {
                throw new ForbiddenException("This form was sent by another site's page.");
            }
        });
    }

    private static boolean isHost(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
