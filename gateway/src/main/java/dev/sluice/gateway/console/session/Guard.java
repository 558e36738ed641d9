package dev.sluice.gateway.console.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.persistence.session.SessionRepository;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Lets pass who is signed in, and what was sent by our own forms. Everybody else is sent to sign in; what cannot be served
 * is answered with a page that says why.
 */
public final class Guard implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String FORM_TOKEN = "csrf";
    private static final String HTMX = "HX-Request";

    private final SessionRepository sessions;
    private final SessionCookie cookie;
    private final Pages pages;

    Guard(SessionRepository sessions, SessionCookie cookie, Pages pages) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.pages = pages;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.justOrEmpty(cookie.in(request))
                .flatMap(token -> sessions.find(token.value()).map(account -> new Visitor(account, token)))
                .doOnNext(visitor -> welcome(request, visitor))
                .flatMap(visitor -> checked(request, visitor).then(Mono.defer(() -> next.handle(request))))
                .switchIfEmpty(Mono.defer(() -> toSignIn(request)))
                .onErrorResume(error -> refused(request, error));
    }

    private void welcome(ServerRequest request, Visitor visitor) {
        request.attributes().put(Visitor.class.getName(), visitor);
        Pages.showOnEveryPage(
                request,
                Map.of(
                        "account",
                        visitor.account(),
                        FORM_TOKEN,
                        visitor.token().formToken(),
                        "insecure",
                        !cookie.isSecure(request)));
    }

    private static Mono<Void> checked(ServerRequest request, Visitor visitor) {
        if (HARMLESS.contains(request.method())) {
            return Mono.empty();
        }
        return SameOrigin.check(request)
                .then(request.formData())
                .mapNotNull(form -> shown(request, form.getFirst(FORM_TOKEN)))
                .filter(visitor.token()::isProvenBy)
                .switchIfEmpty(Mono.error(
                        () -> new ForbiddenException("This form is not from this session. Load the page again.")))
                .then();
    }

    private static @Nullable String shown(ServerRequest request, @Nullable String inForm) {
        return inForm == null ? request.headers().firstHeader("X-CSRF-Token") : inForm;
    }

    /** Back to where the visitor wanted to go, if that was only to look. */
    private static Mono<ServerResponse> toSignIn(ServerRequest request) {
        if (request.headers().firstHeader(HTMX) != null) {
            return ServerResponse.noContent()
                    .header("HX-Redirect", Pages.prefix(request.exchange()) + SignInRoutes.PATH)
                    .build();
        }
        String path = request.requestPath().pathWithinApplication().value();
        String asked = request.uri().getRawQuery();
        String query = asked == null ? "" : "?" + asked;
        return Pages.goTo(
                HARMLESS.contains(request.method())
                        ? SignInRoutes.PATH + "?to=" + URLEncoder.encode(path + query, UTF_8)
                        : SignInRoutes.PATH);
    }

    private Mono<ServerResponse> refused(ServerRequest request, Throwable error) {
        RequestException refusal = ErrorResponses.refusal(request.exchange(), error);
        return pages.show(
                request,
                refusal.status(),
                "error",
                Map.of(
                        "status",
                        refusal.status().value(),
                        "reason",
                        refusal.status().getReasonPhrase(),
                        "message",
                        refusal.getMessage()));
    }
}
