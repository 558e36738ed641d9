package dev.sluice.gateway.account;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.ConflictException;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.gateway.request.Overlap;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.account.User;
import dev.sluice.persistence.account.UserRepository;
import java.time.Duration;
import java.util.Objects;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the user routes, to the administrator. */
final class UserHandler {
    private static final String ORGANIZATION = "organizationId";

    private final UserRepository users;

    UserHandler(UserRepository users) {
        this.users = users;
    }

    /** {@code POST /users}. */
    Mono<ServerResponse> create(ServerRequest request) {
        return Caller.administrator(request)
                .flatMap(caller ->
                        JsonBody.read(request).map(body -> AccountRequest.user(body, caller.organizationId())))
                .flatMap(this::make);
    }

    private Mono<ServerResponse> make(UserRepository.Draft draft) {
        String secret = NewSecret.ofUser();
        return users.create(draft, secret)
                .switchIfEmpty(
                        Mono.error(() -> new BadRequestException(ORGANIZATION, "unknown", "an organization's id")))
                .flatMap(created -> AccountAnswer.made(AccountAnswer.view(created), secret));
    }

    /** {@code GET /users}: all, or those of {@code organizationId}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.administrator(request).flatMap(caller -> {
            Page<Long> page = Page.of(request, AccountAnswer::parse);
            return users.list(organization(request), Objects.requireNonNullElse(page.after(), 0L), page.size() + 1)
                    .collectList()
                    .flatMap(found -> AccountAnswer.page(found, page.size(), User::id, AccountAnswer::view));
        });
    }

    private static long organization(ServerRequest request) {
        return request.queryParam(ORGANIZATION)
                .map(given -> AccountAnswer.parse(given)
                        .orElseThrow(() -> new BadRequestException(ORGANIZATION, "no number", "an organization's id")))
                .orElse(0L);
    }

    /** {@code POST /users/{id}/secret}. */
    Mono<ServerResponse> rotate(ServerRequest request) {
        return Caller.administrator(request)
                .then(JsonBody.readOptional(request).map(Overlap::of))
                .flatMap(overlap -> rotate(AccountRequest.id(request), overlap));
    }

    private Mono<ServerResponse> rotate(long id, Duration overlap) {
        if (id == Caller.FIRST) {
            throw new ConflictException("user 1: its secret is a setting (expected: change SLUICE_USER_SECRET and"
                    + " restart node by node; the former one stays valid meanwhile)");
        }
        String secret = NewSecret.ofUser();
        return users.rotate(id, secret, overlap)
                .switchIfEmpty(Mono.error(AccountRequest::unknown))
                .flatMap(until -> AccountAnswer.rotated(id, secret, until));
    }
}
