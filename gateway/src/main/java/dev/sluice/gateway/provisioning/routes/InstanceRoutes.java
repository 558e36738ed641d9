package dev.sluice.gateway.provisioning.routes;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The instance routes. Those with a word come before the one with an id, which would take the word for one. */
final class InstanceRoutes {
    private static final String API = "/elements/api-v2";
    private static final String INSTANCES = API + "/instances";

    private InstanceRoutes() {}

    static RouterFunction<ServerResponse> of(InstanceHandler instances, SettingHandler settings) {
        return Resource.at(INSTANCES)
                .on(GET, instances::list)
                .on(POST, instances::create)
                .on(PATCH, instances::patch)
                .on(PUT, instances::put)
                .on(DELETE, instances::delete)
                .route()
                .and(Resource.at(INSTANCES + "/count").on(GET, instances::count).route())
                .and(belowInstance(INSTANCES, instances, settings))
                .and(one(INSTANCES + "/{id}", instances))
                .and(belowInstance(INSTANCES + "/{id}", instances, settings))
                .and(Resource.at(API + "/elements/{keyOrId}/instances")
                        .on(GET, instances::list)
                        .on(POST, instances::create)
                        .route())
                .and(one(API + "/elements/{keyOrId}/instances/{id}", instances))
                .and(Resource.at(API + "/accounts/instances")
                        .on(GET, instances::list)
                        .route())
                .and(Resource.at(API + "/accounts/{id}/instances")
                        .on(GET, instances::list)
                        .route());
    }

    private static RouterFunction<ServerResponse> one(String path, InstanceHandler instances) {
        return Resource.at(path)
                .on(GET, instances::get)
                .on(PATCH, instances::patch)
                .on(PUT, instances::put)
                .on(DELETE, instances::delete)
                .route();
    }

    private static RouterFunction<ServerResponse> belowInstance(
            String instance, InstanceHandler instances, SettingHandler settings) {
        return Resource.at(instance + "/enabled")
                .on(PUT, instances::enable)
                .on(DELETE, instances::disable)
                .route()
                .and(Resource.at(instance + "/token")
                        .on(POST, instances::rotateToken)
                        .route())
                .and(Resource.at(instance + "/signature-key")
                        .on(POST, instances::rotateSignatureKey)
                        .route())
                .and(Resource.at(instance + "/configuration")
                        .on(GET, settings::list)
                        .route())
                .and(Resource.at(instance + "/configuration/{configId}")
                        .on(GET, settings::get)
                        .on(PATCH, settings::patch)
                        .route());
    }
}
