package dev.sluice.gateway.provisioning;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The instance routes. */
final class InstanceRoutes {
    private static final String API = "/elements/api-v2";

    private InstanceRoutes() {}

    static RouterFunction<ServerResponse> of(InstanceHandler handler) {
        return Resource.at(API + "/instances")
                .on(GET, handler::list)
                .on(POST, handler::create)
                .route()
                .and(Resource.at(API + "/elements/{keyOrId}/instances")
                        .on(GET, handler::list)
                        .on(POST, handler::create)
                        .route())
                .and(Resource.at(API + "/instances/{id}")
                        .on(GET, handler::get)
                        .on(PATCH, handler::patch)
                        .on(PUT, handler::put)
                        .on(DELETE, handler::delete)
                        .route());
    }
}
