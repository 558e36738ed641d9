package dev.sluice.gateway.console.session;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.secret.SecretHash;
import dev.sluice.persistence.session.SessionRepository;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Signs in and out. */
final class SignInHandler {
    private static final String HOME = "/console";
    private static final long ADMINISTRATOR = 1;

    private final AccountRepository accounts;
    private final SessionRepository sessions;
    private final SessionCookie cookie;
    private final SignInLimit limit;
    private final SignInLink link;
    private final Pages pages;

    SignInHandler(
            AccountRepository accounts,
            SessionRepository sessions,
            SessionCookie cookie,
            SignInLimit limit,
            SignInLink link,
            Pages pages) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookie = cookie;
        this.limit = limit;
        this.link = link;
        this.pages = pages;
    }

    /** {@code GET /console/sign-in}. */
    Mono<ServerResponse> form(ServerRequest request) {
        return form(request, HttpStatus.OK, request.queryParam("to").orElse(HOME), "");
    }

    private Mono<ServerResponse> form(ServerRequest request, HttpStatus status, String to, String problem) {
        return pages.show(
                request,
                status,
                "sign-in",
                Map.of("to", local(to), "problem", problem, "insecure", !cookie.isSecure(request)));
    }

    /** {@code POST /console/sign-in}: the two secrets of the API. */
    Mono<ServerResponse> signIn(ServerRequest request) {
        return SameOrigin.check(request)
                .then(request.formData())
                .flatMap(form -> signIn(request, form))
                .onErrorResume(RequestException.class, refusal -> refused(request, refusal));
    }

    private Mono<ServerResponse> signIn(ServerRequest request, MultiValueMap<String, String> form) {
        String organization = text(form.getFirst("organization"));
        String to = text(form.getFirst("to"));
        limit.take(address(request));
        limit.take(HexFormat.of().formatHex(SecretHash.of(organization)));
        return accounts.find(organization, text(form.getFirst("user")))
                .flatMap(account -> open(request, account, local(to)))
                .switchIfEmpty(Mono.defer(() -> form(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        to,
                        "These two secrets do not belong together. Both are needed, as for the API.")));
    }

    private Mono<ServerResponse> refused(ServerRequest request, RequestException refusal) {
        ErrorResponses.refusal(request.exchange(), refusal);
        return form(request, refusal.status(), HOME, refusal.getMessage());
    }

    /** {@code GET /console/sign-in/{once}}: the link in the terminal. */
    Mono<ServerResponse> byLink(ServerRequest request) {
        return Mono.fromSupplier(() -> link.uses(request.pathVariable("once")))
                .filter(used -> used)
                .flatMap(used -> accounts.ofUsers(Set.of(ADMINISTRATOR)).next())
                .flatMap(account -> open(request, account, HOME))
                .switchIfEmpty(Mono.defer(() -> form(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        HOME,
                        "This link has been used, or is too old. Restart the gateway for another, or enter the two"
                                + " secrets.")));
    }

    private Mono<ServerResponse> open(ServerRequest request, Account account, String to) {
        SessionToken token = SessionToken.random();
        return sessions.open(token.value(), account)
                .then(Mono.defer(() -> ServerResponse.seeOther(URI.create(to))
                        .cookie(cookie.of(request, token))
                        .cacheControl(CacheControl.noStore())
                        .build()));
    }

    /** {@code POST /console/sign-out}. */
    Mono<ServerResponse> signOut(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> sessions.close(visitor.token().value()))
                .then(Mono.defer(() -> gone(request)));
    }

    /** {@code POST /console/sign-out-everywhere}: on every device. */
    Mono<ServerResponse> signOutEverywhere(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> sessions.closeAll(visitor.account().userId()))
                .then(Mono.defer(() -> gone(request)));
    }

    private Mono<ServerResponse> gone(ServerRequest request) {
        return ServerResponse.seeOther(URI.create(SignInRoutes.PATH))
                .cookie(cookie.none(request))
                .build();
    }

    /** Only a page of ours: a link to here must not lead elsewhere. */
    private static String local(String to) {
        boolean ours = to.startsWith(HOME + "/")
                && !to.contains("..")
                && to.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return ours && !to.startsWith(SignInRoutes.PATH) ? to : HOME;
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "").strip();
    }

    private static String address(ServerRequest request) {
        return request.remoteAddress().map(InetSocketAddress::getHostString).orElse("unknown");
    }
}
