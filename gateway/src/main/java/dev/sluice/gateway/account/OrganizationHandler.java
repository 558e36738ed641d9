package dev.sluice.gateway.account;

import dev.sluice.gateway.error.ConflictException;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.gateway.request.Overlap;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.account.Organization;
import dev.sluice.persistence.account.OrganizationRepository;
import java.time.Duration;
import java.util.Objects;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the organization routes, to the administrator. */
final class OrganizationHandler {
    private final OrganizationRepository organizations;

    OrganizationHandler(OrganizationRepository organizations) {
        this.organizations = organizations;
    }

    /** {@code POST /organizations}. */
    Mono<ServerResponse> create(ServerRequest request) {
        return Caller.administrator(request)
                .then(JsonBody.read(request).map(AccountRequest::organizationName))
                .flatMap(this::make);
    }

    private Mono<ServerResponse> make(String name) {
        String secret = NewSecret.ofOrganization();
        return organizations
                .create(name, secret)
                .flatMap(created -> AccountAnswer.made(AccountAnswer.view(created), secret));
    }

    /** {@code GET /organizations}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.administrator(request).flatMap(caller -> {
            Page<Long> page = Page.of(request, AccountAnswer::parse);
            return organizations
                    .list(Objects.requireNonNullElse(page.after(), 0L), page.size() + 1)
                    .collectList()
                    .flatMap(found -> AccountAnswer.page(found, page.size(), Organization::id, AccountAnswer::view));
        });
    }

    /** {@code POST /organizations/{id}/secret}. */
    Mono<ServerResponse> rotate(ServerRequest request) {
        return Caller.administrator(request)
                .then(JsonBody.readOptional(request).map(Overlap::of))
                .flatMap(overlap -> rotate(AccountRequest.id(request), overlap));
    }

    private Mono<ServerResponse> rotate(long id, Duration overlap) {
        if (id == Caller.FIRST) {
            throw new ConflictException("organization 1: its secret is a setting (expected: change"
                    + " SLUICE_ORGANIZATION_SECRET and restart node by node; the former one stays valid meanwhile)");
        }
        String secret = NewSecret.ofOrganization();
        return organizations
                .rotate(id, secret, overlap)
                .switchIfEmpty(Mono.error(AccountRequest::unknown))
                .flatMap(until -> AccountAnswer.rotated(id, secret, until));
    }
}
