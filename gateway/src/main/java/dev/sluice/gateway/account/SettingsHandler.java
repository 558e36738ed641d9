package dev.sluice.gateway.account;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.account.OrganizationRepository;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves an account's settings, of which there is one. The original had accounts within companies; here both are the
 * organization.
 */
final class SettingsHandler {
    private static final String FAILURE_POLICY = "notification.webhook.failure.policy";
    private static final String WORDS =
            Arrays.stream(FailurePolicy.values()).map(SettingsHandler::word).collect(Collectors.joining(" or "));

    private final OrganizationRepository organizations;

    SettingsHandler(OrganizationRepository organizations) {
        this.organizations = organizations;
    }

    /** {@code GET /accounts/settings}, {@code GET /accounts/{id}/settings}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return account(request)
                .flatMap(organizations::failurePolicy)
                .switchIfEmpty(Mono.error(AccountRequest::unknown))
                .flatMap(SettingsHandler::answer);
    }

    /** {@code POST} and {@code PATCH} there: what is not named stays. */
    Mono<ServerResponse> change(ServerRequest request) {
        return account(request)
                .flatMap(id -> JsonBody.read(request)
                        .map(SettingsHandler::read)
                        .flatMap(policy -> organizations.setFailurePolicy(id, policy)))
                .switchIfEmpty(Mono.error(AccountRequest::unknown))
                .flatMap(SettingsHandler::answer);
    }

    private static Mono<Long> account(ServerRequest request) {
        return Caller.of(request).map(caller -> {
            long id = request.pathVariables().containsKey("id") ? AccountRequest.id(request) : caller.organizationId();
            if (!caller.speaksFor(id)) {
                throw Caller.noAccount(request.pathVariable("id"));
            }
            return id;
        });
    }

    private static FailurePolicy read(ObjectNode body) {
        for (String key : body.propertyNames()) {
            if (!FAILURE_POLICY.equals(key)) {
                throw new BadRequestException("settings", "one that is not known", FAILURE_POLICY);
            }
        }
        JsonNode given = body.get(FAILURE_POLICY);
        return Arrays.stream(FailurePolicy.values())
                .filter(policy -> given != null && word(policy).equals(given.asString("")))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(FAILURE_POLICY, "missing or not understood", WORDS));
    }

    private static String word(FailurePolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    private static Mono<ServerResponse> answer(FailurePolicy policy) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JsonMapper.shared().createObjectNode().put(FAILURE_POLICY, word(policy)));
    }
}
