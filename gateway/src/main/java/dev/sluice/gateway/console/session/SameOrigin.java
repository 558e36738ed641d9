package dev.sluice.gateway.console.session;

import dev.sluice.gateway.error.ForbiddenException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Whether a page of this host sent a form: browsers say which one did. */
final class SameOrigin {
    private SameOrigin() {}

    /** Errors 403 when a browser says that another host's page sent it. */
    static Mono<Void> check(ServerRequest request) {
        return Mono.fromRunnable(() -> {
            String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
            boolean crossSite = "cross-site".equals(request.headers().firstHeader("Sec-Fetch-Site"));
            if (crossSite
                    || (origin != null && !isHost(origin, request.headers().firstHeader(HttpHeaders.HOST)))) {
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
