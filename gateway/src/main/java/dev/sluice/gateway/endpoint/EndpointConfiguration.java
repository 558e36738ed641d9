package dev.sluice.gateway.endpoint;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.endpoint.ConditionRepository;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The endpoint routes. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {
    private static final String ENDPOINTS = "/elements/api-v2/instances/{id}/endpoints";

    @Bean
    EndpointSwitch endpointSwitch(Database database, EndpointRepository endpoints) {
        return new EndpointSwitch(endpoints, new QueueRepository(database));
    }

    @Bean
    RouterFunction<ServerResponse> endpointRoutes(
            Database database, RequestedEvent requested, EndpointSwitch endpoints) {
        EndpointHandler handler = new EndpointHandler(requested, endpoints, new ConditionRepository(database));
        return Resource.at(ENDPOINTS)
                .on(GET, handler::list)
                .route()
                .and(Resource.at(ENDPOINTS + "/{endpointId}/deactivate")
                        .on(POST, handler::deactivate)
                        .route())
                .and(Resource.at(ENDPOINTS + "/{endpointId}/reactivate")
                        .on(POST, handler::reactivate)
                        .route());
    }
}
