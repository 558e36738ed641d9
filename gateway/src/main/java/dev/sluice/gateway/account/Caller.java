package dev.sluice.gateway.account;

import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.error.UnauthorizedException;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.instance.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Who sent a request.
 *
 * @param account the user and the organization, beyond which the caller sees nothing
 * @param instance the instance that the request's element token names, of the same organization; null without a token
 */
public record Caller(Account account, @Nullable Instance instance) {
    /** The number of the organization and of the user that the settings make. */
    static final long FIRST = 1;

    static final String REFUSAL = "Invalid Organization or User secret, or invalid Element token provided.";

    /**
     * Whoever sent this request.
     *
     * @throws UnauthorizedException (in the result) when nobody has proven to have
     */
    public static Mono<Caller> of(ServerRequest request) {
        return request.principal()
                .ofType(CallerAuthentication.class)
                .mapNotNull(CallerAuthentication::caller)
                .switchIfEmpty(Mono.error(() -> new UnauthorizedException(REFUSAL)));
    }

    /**
     * Whoever sent this request, if that is the administrator: user 1 of organization 1.
     *
     * @return errors 403 when it is someone else
     */
    static Mono<Caller> administrator(ServerRequest request) {
        return of(request)
                .filter(caller -> caller.account.userId() == FIRST && caller.account.organizationId() == FIRST)
                .switchIfEmpty(
                        Mono.error(() -> new ForbiddenException("Only the administrator, user 1, may do this.")));
    }

    /** Whether the caller may see and set what concerns that organization: its own users may, and the administrator. */
    public boolean speaksFor(long organization) {
        return account.organizationId() == organization
                || (account.userId() == FIRST && account.organizationId() == FIRST);
    }

    /**
     * The organization whose things a path below {@code /accounts} means: the one it names, or the caller's own.
     *
     * @throws NotFoundException when the caller sees nothing of the one it names
     */
    public long accountIn(ServerRequest request) {
        String named = request.pathVariables().get("id");
        if (named == null || named.equals(String.valueOf(organizationId()))) {
            return organizationId();
        }
        throw noAccount(named);
    }

    static NotFoundException noAccount(String id) {
        return new NotFoundException("No account found with ID " + id);
    }

    /** The organization whose things the caller sees. */
    public long organizationId() {
        return account.organizationId();
    }
}
