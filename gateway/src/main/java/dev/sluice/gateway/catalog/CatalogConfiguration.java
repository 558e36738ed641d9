package dev.sluice.gateway.catalog;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.error.Resource;
import dev.sluice.normalizers.Elements;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The elements, and the routes that show them. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
    private static final String ELEMENTS = "/elements/api-v2/elements";

    @Bean
    Elements elements(@Value("${sluice.ingest.retrieved-events:false}") boolean retrievedEvents) {
        return Elements.all(retrievedEvents);
    }

    @Bean
    RouterFunction<ServerResponse> elementRoutes(Elements elements) {
        ElementHandler handler = new ElementHandler(elements);
        return Resource.at(ELEMENTS)
                .on(GET, handler::list)
                .route()
                .and(Resource.at(ELEMENTS + "/keys").on(GET, handler::keys).route())
                .and(Resource.at(ELEMENTS + "/metadata")
                        .on(GET, handler::allMetadata)
                        .route())
                .and(Resource.at(ELEMENTS + "/{keyOrId}").on(GET, handler::get).route())
                .and(Resource.at(ELEMENTS + "/{keyOrId}/configuration")
                        .on(GET, handler::configuration)
                        .route())
                .and(Resource.at(ELEMENTS + "/{keyOrId}/metadata")
                        .on(GET, handler::metadata)
                        .route());
    }
}
