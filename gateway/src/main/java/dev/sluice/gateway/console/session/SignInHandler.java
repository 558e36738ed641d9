package dev.sluice.gateway.console.session;

import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.secret.SecretHash;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Signs in and out. */
final class SignInHandler {
    private static final long ADMINISTRATOR = 1;

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final SignInLimit limit;
    private final SignInLink link;
    private final SignInPage page;

    SignInHandler(AccountRepository accounts, Sessions sessions, SignInLimit limit, SignInLink link, SignInPage page) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.limit = limit;
        this.link = link;
        this.page = page;
    }

    /** {@code GET /console/sign-in}. */
    Mono<ServerResponse> form(ServerRequest request) {
        return page.show(request, HttpStatus.OK, request.queryParam("to").orElse(SignInPage.HOME), "");
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
        limit.take(request);
        limit.take(HexFormat.of().formatHex(SecretHash.of(organization)));
        return accounts.find(organization, text(form.getFirst("user")))
                .flatMap(account -> sessions.open(request, account, to))
                .switchIfEmpty(Mono.defer(() -> page.show(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        to,
                        "These two secrets do not belong together. Both are needed, as for the API.")));
    }

    private Mono<ServerResponse> refused(ServerRequest request, RequestException refusal) {
        ErrorResponses.refusal(request.exchange(), refusal);
        return page.show(request, refusal.status(), SignInPage.HOME, refusal.getMessage());
    }

    /** {@code GET /console/sign-in/{once}}: the link in the terminal. */
    Mono<ServerResponse> byLink(ServerRequest request) {
        return Mono.fromSupplier(() -> link.uses(request.pathVariable("once")))
                .filter(used -> used)
                .flatMap(used -> accounts.ofUsers(Set.of(ADMINISTRATOR)).next())
                .flatMap(account -> sessions.open(request, account, SignInPage.HOME))
                .switchIfEmpty(Mono.defer(() -> page.show(
                        request,
                        HttpStatus.UNAUTHORIZED,
                        SignInPage.HOME,
                        "This link has been used, or is too old. Restart the gateway for another, or enter the two"
                                + " secrets.")));
    }

    /** {@code POST /console/sign-out}. */
    Mono<ServerResponse> signOut(ServerRequest request) {
        return sessions.close(request);
    }

    /** {@code POST /console/sign-out-everywhere}: on every device. */
    Mono<ServerResponse> signOutEverywhere(ServerRequest request) {
        return sessions.closeAll(request);
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "").strip();
    }
}
