package dev.sluice.gateway.ingest;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
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
        return Resource.at(INSTANCE_URL)
                .on(GET, handler::receive)
                .on(POST, handler::receive)
                .route()
                .and(Resource.at(SHARED_URL)
                        .on(GET, handler::receiveShared)
                        .on(POST, handler::receiveShared)
                        .route());
    }
}
