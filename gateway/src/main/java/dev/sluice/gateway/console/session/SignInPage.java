package dev.sluice.gateway.console.session;

import dev.sluice.gateway.console.page.Pages;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page that asks who one is, with what went wrong. */
public final class SignInPage {
    static final String HOME = "/console";

    private final SessionCookie cookie;
    private final List<SignInWay> ways;
    private final Pages pages;

    SignInPage(SessionCookie cookie, List<SignInWay> ways, Pages pages) {
        this.cookie = cookie;
        this.ways = List.copyOf(ways);
        this.pages = pages;
    }

    /**
     * Shows it.
     *
     * @param to where to go afterwards
     * @param problem empty when there is none
     */
    public Mono<ServerResponse> show(ServerRequest request, HttpStatus status, String to, String problem) {
        return pages.show(
                request,
                status,
                "sign-in",
                Map.of("to", local(to), "problem", problem, "insecure", !cookie.isSecure(request), "ways", ways));
    }

    /** Only a page of ours: a link to here must not lead elsewhere. */
    public static String local(String to) {
        boolean ours = to.startsWith(HOME + "/")
                && !to.contains("..")
                && to.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return ours && !to.startsWith(SignInRoutes.PATH) ? to : HOME;
    }
}
