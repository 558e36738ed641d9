package dev.sluice.gateway.console.session;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.session.SessionRepository;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Signs somebody in who has shown who they are, and out. */
public final class Sessions {
    private final SessionRepository sessions;
    private final SessionCookie cookie;

    Sessions(SessionRepository sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    /** Opens a session with a token that nobody can have known before, and goes on to that page. */
    public Mono<ServerResponse> open(ServerRequest request, Account account, String to) {
        SessionToken token = SessionToken.random();
        return sessions.open(token.value(), account)
                .then(Mono.defer(() -> Pages.goTo(SignInPage.local(to), cookie.of(request, token))));
    }

    /** Ends the visitor's session. */
    Mono<ServerResponse> close(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> sessions.close(visitor.token().value()))
                .then(Mono.defer(() -> gone(request)));
    }

    /** Ends all of the visitor's sessions, on every device. */
    Mono<ServerResponse> closeAll(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> sessions.closeAll(visitor.account().userId()))
                .then(Mono.defer(() -> gone(request)));
    }

    private Mono<ServerResponse> gone(ServerRequest request) {
        return Pages.goTo(SignInRoutes.PATH, cookie.none(request));
    }
}
