package dev.sluice.gateway.ingest;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Where providers post. */
final class IngestRoutes {
    /** What every webhook's path begins with. */
    static final String PREFIX = "/elements/api-v2/events/";

    private static final String SHARED_URL = PREFIX + "{elementKey}";
    private static final String INSTANCE_URL = SHARED_URL + "/{encodedId}";

    private IngestRoutes() {}

    static RouterFunction<ServerResponse> table(IngestHandler handler) {
        return route().route(webhook(INSTANCE_URL), handler::receive)
                .route(webhook(SHARED_URL), handler::receiveShared)
                .build();
    }

    private static RequestPredicate webhook(String url) {
        return methods(HttpMethod.POST, HttpMethod.GET, HttpMethod.HEAD)
                .and(path(url).or(path(url + "/")));
    }
}
