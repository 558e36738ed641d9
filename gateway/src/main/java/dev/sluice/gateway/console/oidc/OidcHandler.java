package dev.sluice.gateway.console.oidc;

import dev.sluice.gateway.console.session.SessionCookie;
import dev.sluice.gateway.console.session.SessionToken;
import dev.sluice.gateway.console.session.Sessions;
import dev.sluice.gateway.console.session.SignInLimit;
import dev.sluice.gateway.console.session.SignInPage;
import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.gateway.provisioning.WebhookAddress;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Sends a browser to the issuer, and takes what it comes back with. */
final class OidcHandler {
    static final String BEGIN = "/console/sign-in/oidc";
    static final String RETURN = BEGIN + "/return";

    private static final Duration ROUND_LASTS = Duration.ofMinutes(10);
    private static final int TO_MAX = 1_000;

    private final OidcIssuer issuer;
    private final ClaimedAccount accounts;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SignInPage page;
    private final Rounds rounds;

    OidcHandler(
            OidcIssuer issuer,
            ClaimedAccount accounts,
            Sessions sessions,
            SessionCookie cookie,
            SignInPage page,
            Rounds rounds) {
        this.issuer = issuer;
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookie = cookie;
        this.page = page;
        this.rounds = rounds;
    }

    /**
     * What bounds a round.
     *
     * @param limit how many there may be
     * @param addresses where the issuer sends the browser back to
     * @param issuerUrl whose answers count
     */
    record Rounds(SignInLimit limit, WebhookAddress addresses, String issuerUrl) {
        String returnUrl(ServerRequest request) {
            return addresses.base(request) + RETURN;
        }
    }

    /** {@code GET /console/sign-in/oidc}: on to the issuer. */
    Mono<ServerResponse> begin(ServerRequest request) {
        return Mono.defer(() -> {
                    String to = request.queryParam("to").orElse("");
                    Round round = new Round(SessionToken.random());
                    return issuer.authorizeUrl(
                                    round, SignInPage.local(to.length() > TO_MAX ? "" : to), rounds.returnUrl(request))
                            .flatMap(url -> ServerResponse.seeOther(URI.create(url))
                                    .cookie(cookie.of(request, round.token())
                                            .mutate()
                                            .maxAge(ROUND_LASTS)
                                            .build())
                                    .cacheControl(CacheControl.noStore())
                                    .build());
                })
                .onErrorResume(RequestException.class, refusal -> refused(request, refusal));
    }

    /** {@code GET /console/sign-in/oidc/return}: with a code, or with why there is none. A round ends here, whatever comes of it. */
    Mono<ServerResponse> comeBack(ServerRequest request) {
        return Mono.defer(() -> signedIn(request))
                .onErrorResume(RequestException.class, refusal -> refused(request, refusal));
    }

    private Mono<ServerResponse> signedIn(ServerRequest request) {
        Round round = cookie.in(request).map(Round::new).orElseThrow(OidcHandler::notBegun);
        String to = round.begunFor(request.queryParam("state").orElse("")).orElseThrow(OidcHandler::notBegun);
        request.exchange().getResponse().addCookie(cookie.none(request));
        if (request.queryParam("iss")
                .filter(named -> !named.equals(rounds.issuerUrl()))
                .isPresent()) {
            throw new ForbiddenException("This answer is another identity provider's.");
        }
        String code = request.queryParam("code")
                .filter(given -> !given.isBlank())
                .orElseThrow(() -> new ForbiddenException("The identity provider signed nobody in: "
                        + request.queryParam("error_description")
                                .or(() -> request.queryParam("error"))
                                .orElse("it did not say why")));
        rounds.limit().take(request);
        return issuer.claims(round, code, rounds.returnUrl(request))
                .flatMap(accounts::of)
                .flatMap(account -> sessions.open(request, account, to));
    }

    private static ForbiddenException notBegun() {
        return new ForbiddenException("This way back did not begin in this browser, or took too long. Sign in again.");
    }

    private Mono<ServerResponse> refused(ServerRequest request, RequestException refusal) {
        ErrorResponses.refusal(request.exchange(), refusal);
        return page.show(request, refusal.status(), "", refusal.getMessage());
    }
}
