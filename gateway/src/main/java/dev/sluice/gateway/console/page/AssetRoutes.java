package dev.sluice.gateway.console.page;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Where styles and scripts are: for everybody, because the sign-in page needs them. */
final class AssetRoutes {
    static final String BELOW = "/console/assets/";

    private AssetRoutes() {}

    static RouterFunction<ServerResponse> of(Assets assets) {
        return route("console.css", assets.style())
                .and(route("console.js", assets.script()))
                .and(route("htmx.js", assets.htmx()))
                .and(route("htmx-sse.js", assets.sse()));
    }

    private static RouterFunction<ServerResponse> route(String name, Asset asset) {
        return Resource.at(BELOW + name).on(GET, request -> asset.answer()).route();
    }
}
