package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.oauth.Clients;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Says where to send a user who shall agree: {@code GET|POST /elements/{keyOrId}/oauth/url}. */
final class OAuthUrlHandler {
    static final String PATH = "/elements/api-v2/elements/{keyOrId}/oauth/url";

    private static final int LENGTH_MAX = 2_000;

    private final RequestedElement elements;
    private final Providers providers;

    OAuthUrlHandler(RequestedElement elements, Providers providers) {
        this.elements = elements;
        this.providers = providers;
    }

    /** The parameters in the query. */
    Mono<ServerResponse> byQuery(ServerRequest request) {
        return answer(request, request::queryParam);
    }

    /** The parameters in the body, or those of {@code providerData} in it. */
    Mono<ServerResponse> byBody(ServerRequest request) {
        return JsonBody.read(request)
                .flatMap(body ->
                        answer(request, name -> text(body, name).or(() -> text(body.path("providerData"), name))));
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.of(body.path(name)).filter(JsonNode::isValueNode).map(JsonNode::asString);
    }

    private Mono<ServerResponse> answer(ServerRequest request, Function<String, Optional<String>> parameters) {
        return Mono.defer(() -> {
            Element element = elements.inPath(request).orElseThrow();
            String key = element.descriptor().key();
            OAuthFlow flow = providers
                    .of(element)
                    .oauth()
                    .orElseThrow(() -> new NotFoundException("element: " + key + " has no OAuth"));
            OAuthClient client = new OAuthClient(
                    required(parameters, "apiKey"),
                    "",
                    required(parameters, "callbackUrl"),
                    given(parameters, "scope").orElseGet(() -> Clients.usualScope(element)));
            String url = flow.authorizeUrl(client, given(parameters, "state").orElse(key));
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(Map.of("element", key, "oauthUrl", url));
        });
    }

    private static String required(Function<String, Optional<String>> parameters, String name) {
        return given(parameters, name)
                .orElseThrow(
                        () -> new BadRequestException(name, "missing", "text of 1.." + LENGTH_MAX + " characters"));
    }

    private static Optional<String> given(Function<String, Optional<String>> parameters, String name) {
        Optional<String> value = parameters.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        if (value.filter(text -> text.length() > LENGTH_MAX).isPresent()) {
            throw new BadRequestException(name, value.get().length() + " characters", "at most " + LENGTH_MAX);
        }
        return value;
    }
}
