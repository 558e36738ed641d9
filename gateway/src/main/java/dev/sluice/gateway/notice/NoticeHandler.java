package dev.sluice.gateway.notice;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.persistence.notice.NoticeRepository;
import dev.sluice.persistence.notice.NoticeTarget;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves where an organization wants to be told: to its own users, and to the administrator. */
final class NoticeHandler {
    private static final int LENGTH_MAX = 2_000;
    private static final String URL = "url";
    private static final String KEY = "signatureKey";

    private final NoticeRepository notices;

    NoticeHandler(NoticeRepository notices) {
        this.notices = notices;
    }

    /** {@code GET /organizations/{id}/webhook}. The key is never shown. */
    Mono<ServerResponse> get(ServerRequest request) {
        return organization(request)
                .flatMap(notices::target)
                .switchIfEmpty(Mono.error(() -> new NotFoundException("The organization has no webhook.")))
                .flatMap(NoticeHandler::answer);
    }

    /** {@code PUT /organizations/{id}/webhook}. */
    Mono<ServerResponse> set(ServerRequest request) {
        return organization(request)
                .zipWhen(id -> JsonBody.read(request).map(NoticeHandler::read))
                .flatMap(both -> notices.setTarget(both.getT1(), both.getT2()))
                .switchIfEmpty(Mono.error(NoticeHandler::unknown))
                .flatMap(NoticeHandler::answer);
    }

    /** {@code DELETE /organizations/{id}/webhook}. */
    Mono<ServerResponse> remove(ServerRequest request) {
        return organization(request)
                .flatMap(notices::removeTarget)
                .then(Mono.defer(() -> ServerResponse.ok().build()));
    }

    private static Mono<Long> organization(ServerRequest request) {
        return Caller.of(request).map(caller -> {
            long id = parse(request.pathVariable("id"));
            if (!caller.speaksFor(id)) {
                throw unknown();
            }
            return id;
        });
    }

    private static long parse(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notANumber) {
            throw unknown();
        }
    }

    private static NotFoundException unknown() {
        return new NotFoundException("id: no such organization or user");
    }

    private static NoticeTarget read(ObjectNode body) {
        String url = text(body, URL);
        if (url == null || !isWebAddress(url)) {
            throw new BadRequestException(URL, "none", "an http or https URL without credentials");
        }
        return new NoticeTarget(url, text(body, KEY));
    }

    private static @Nullable String text(ObjectNode body, String field) {
        JsonNode given = body.get(field);
        if (given == null || given.isNull()) {
            return null;
        }
        String text = given.isString() ? given.asString().strip() : "";
        if (text.isEmpty() || text.length() > LENGTH_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException(field, "not understood", "text of 1.." + LENGTH_MAX + " characters");
        }
        return text;
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static Mono<ServerResponse> answer(NoticeTarget target) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JsonMapper.shared()
                        .createObjectNode()
                        .put(URL, target.url())
                        .put("signed", target.key() != null));
    }
}
