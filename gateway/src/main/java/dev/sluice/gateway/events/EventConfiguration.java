package dev.sluice.gateway.events;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.AttemptRepository;
import dev.sluice.persistence.delivery.ProgressRepository;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The event routes. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {
    private static final String INSTANCES = "/elements/api-v2/instances";

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> eventRoutes(
            Database database, InstanceRepository instances, WebhookAddress addresses) {
        EventHandler handler = new EventHandler(
                instances,
                new EventRepository(database),
                new AttemptRepository(database),
                new ProgressRepository(database),
                addresses);
        return Resource.at(INSTANCES + "/events/{eventId}")
                .on(GET, handler::get)
                .route()
                .and(Resource.at(INSTANCES + "/{id}/events")
                        .on(GET, handler::list)
                        .route())
                .and(Resource.at(INSTANCES + "/{id}/events/{eventId}")
                        .on(GET, handler::get)
                        .route())
                .and(Resource.at(INSTANCES + "/{id}/events/{eventId}/attempts")
                        .on(GET, handler::attempts)
                        .route());
    }
}
