package dev.sluice.gateway.account;

import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.account.Organization;
import dev.sluice.persistence.account.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers with organizations and users. A secret is shown where it is made, and never again. */
final class AccountAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AccountAnswer() {}

    static ObjectNode view(Organization organization) {
        return JSON.createObjectNode()
                .put("id", organization.id())
                .put("name", organization.name())
                .put("createdDate", date(organization.createdAt()));
    }

    static ObjectNode view(User user) {
        return JSON.createObjectNode()
                .put("id", user.id())
                .put("organizationId", user.organizationId())
                .put("emailAddress", user.emailAddress())
                .put("firstName", user.firstName())
                .put("lastName", user.lastName())
                .put("createdDate", date(user.createdAt()));
    }

    private static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** What was made, with its secret. */
    static Mono<ServerResponse> made(ObjectNode view, String secret) {
        return json().header(HttpHeaders.CACHE_CONTROL, "no-store").bodyValue(view.put("secret", secret));
    }

    /** What got another secret. */
    static Mono<ServerResponse> rotated(long id, String secret, Instant formerUntil) {
        return made(JSON.createObjectNode().put("id", id).put("formerSecretValidUntil", date(formerUntil)), secret);
    }

    /**
     * A page of a list.
     *
     * @param found the records of the page, and one more when it is not the last
     */
    static <T> Mono<ServerResponse> page(
            List<T> found, int size, ToLongFunction<T> number, Function<T, ObjectNode> view) {
        List<T> page = found.subList(0, Math.min(size, found.size()));
        ServerResponse.BodyBuilder answer = json().header(Page.RETURNED, String.valueOf(page.size()));
        if (found.size() > size) {
            answer.header(Page.NEXT, String.valueOf(number.applyAsLong(page.get(page.size() - 1))));
        }
        return answer.bodyValue(page.stream().map(view).toList());
    }

    /** Reads the token of a next page: the last number of the page before. */
    static Optional<Long> parse(String token) {
        try {
            return Optional.of(Long.parseLong(token)).filter(number -> number > 0);
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static ServerResponse.BodyBuilder json() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON);
    }
}
