package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.gateway.provisioning.SignatureKeys;
import dev.sluice.gateway.request.Overlap;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Replaces the key that an instance's notifications are signed with, and shows the new one, once. */
final class KeyHandler {
    private static final String PAGE = "instances/signature-key";

    private final Found found;
    private final SignatureKeys keys;
    private final Pages pages;

    KeyHandler(Found found, SignatureKeys keys, Pages pages) {
        this.found = found;
        this.keys = keys;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/signature-key}. */
    Mono<ServerResponse> form(ServerRequest request) {
        return found.instance(request).flatMap(instance -> pages.show(request, PAGE, shown(instance, "", "")));
    }

    /** {@code POST /console/instances/{id}/signature-key}: answered with the page that shows the key. */
    Mono<ServerResponse> replace(ServerRequest request) {
        return found.instance(request).zipWith(request.formData()).flatMap(both -> {
            Instance instance = both.getT1();
            return Mono.defer(() -> replaced(instance, both.getT2()))
                    .flatMap(shown -> pages.show(request, PAGE, shown))
                    .onErrorResume(
                            RequestException.class,
                            refusal -> pages.show(
                                    request,
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    PAGE,
                                    shown(instance, "", refusal.getMessage())));
        });
    }

    private Mono<Map<String, Object>> replaced(Instance instance, MultiValueMap<String, String> form) {
        String given = Objects.requireNonNullElse(form.getFirst("key"), "").strip();
        String overlap = Objects.requireNonNullElse(form.getFirst("overlap"), "");
        return keys.replace(instance, given.isEmpty() ? null : given, Overlap.parse(overlap))
                .switchIfEmpty(Mono.error(() -> new NotFoundException("There is no such instance.")))
                .map(replaced -> shown(replaced.instance(), given.isEmpty() ? replaced.key() : "", null));
    }

    /** @param problem null once it is replaced, empty as long as nothing was asked for */
    private static Map<String, Object> shown(Instance instance, String key, @Nullable String problem) {
        return Map.of(
                "id",
                instance.id(),
                "name",
                instance.name(),
                "signing",
                Signing.of(instance),
                "replaced",
                problem == null,
                "key",
                key,
                "problem",
                Objects.requireNonNullElse(problem, ""));
    }
}
