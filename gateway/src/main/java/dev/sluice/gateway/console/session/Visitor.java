package dev.sluice.gateway.console.session;

import dev.sluice.gateway.error.UnauthorizedException;
import dev.sluice.persistence.account.Account;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Who looks at a page.
 *
 * @param account beyond whose organization nothing is shown or changed
 * @param token what the browser showed
 */
public record Visitor(Account account, SessionToken token) {

    /**
     * Whoever sent this request, which {@link Guard} has let pass.
     *
     * @throws UnauthorizedException (in the result) where it has not
     */
    public static Mono<Visitor> of(ServerRequest request) {
        return Mono.justOrEmpty(request.attribute(Visitor.class.getName()))
                .ofType(Visitor.class)
                .switchIfEmpty(Mono.error(() -> new UnauthorizedException("Sign in first.")));
    }

    /** The organization whose things are shown. */
    public long organizationId() {
        return account.organizationId();
    }

    /** A text that only this session can have made: a way that comes back with it began here. Others may see it. */
    public String stateOf(long instanceId) {
        return instanceId + "." + token.proofOf("connect " + instanceId);
    }

    /** Whether this session made that state. */
    public boolean made(String state) {
        int dot = state.indexOf('.');
        return dot > 0 && token.isProvenBy("connect " + state.substring(0, dot), state.substring(dot + 1));
    }
}
