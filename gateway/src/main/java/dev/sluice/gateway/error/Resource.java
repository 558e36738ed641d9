package dev.sluice.gateway.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/**
 * One path of the API, with and without a trailing slash, and what is done there by method. HEAD is served by GET's handler;
 * any other method is refused with 405 and those that are allowed.
 */
public final class Resource {
    private final String path;
    private final Map<HttpMethod, HandlerFunction<ServerResponse>> handlers = new LinkedHashMap<>();

    private Resource(String path) {
        this.path = path;
    }

    /**
     * The resource at a path.
     *
     * @param path a path pattern without a trailing slash
     */
    public static Resource at(String path) {
        return new Resource(path);
    }

    /** Does this on that method. */
    public Resource on(HttpMethod method, HandlerFunction<ServerResponse> handler) {
        handlers.put(method, handler);
        return this;
    }

    /** The route. */
    public RouterFunction<ServerResponse> route() {
        return RouterFunctions.route(
                RequestPredicates.path(path).or(RequestPredicates.path(path + "/")), this::dispatch);
    }

    private Mono<ServerResponse> dispatch(ServerRequest request) {
        HttpMethod method = request.method();
        HandlerFunction<ServerResponse> handler =
                handlers.get(HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method);
        return handler == null
                ? Mono.error(() -> new MethodNotAllowedException(method, handlers.keySet()))
                : handler.handle(request);
    }
}
