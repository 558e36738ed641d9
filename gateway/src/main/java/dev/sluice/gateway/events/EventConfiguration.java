package dev.sluice.gateway.events;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.search.EventSearch;
import dev.sluice.persistence.search.RollupRepository;
import java.time.Clock;
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
    RequestedEvent requestedEvent(InstanceRepository instances, WebhookAddress addresses) {
        return new RequestedEvent(instances, addresses);
    }

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> eventRoutes(
            Database database, InstanceRepository instances, RequestedEvent requested, Clock clock) {
        EventSearch search = new EventSearch(database);
        EventRepository events = new EventRepository(database);
        AttemptRepository attempts = new AttemptRepository(database);
        RequestedEvents requestedEvents = new RequestedEvents(requested, instances, search);
        EventListHandler lists = new EventListHandler(requestedEvents, events);
        DispositionHandler dispositions = new DispositionHandler(requestedEvents, attempts);
        EventHandler one = new EventHandler(requested, search, events, attempts);
        AnalyticsHandler analytics = new AnalyticsHandler(new RollupRepository(database), clock);
        return Resource.at(INSTANCES + "/events")
                .on(GET, lists::ofAll)
                .route()
                .and(Resource.at(INSTANCES + "/events/analytics")
                        .on(GET, analytics::totals)
                        .route())
                .and(Resource.at(INSTANCES + "/events/analytics/instances")
                        .on(GET, analytics::byInstance)
                        .route())
                .and(Resource.at(INSTANCES + "/events/analytics/accounts")
                        .on(GET, analytics::byAccount)
                        .route())
                .and(Resource.at(INSTANCES + "/events/dispositions")
                        .on(GET, dispositions::list)
                        .route())
                .and(Resource.at(INSTANCES + "/events/{eventId}")
                        .on(GET, one::get)
                        .route())
                .and(Resource.at(INSTANCES + "/{id}/events")
                        .on(GET, lists::ofInstance)
                        .route())
                .and(Resource.at(INSTANCES + "/{id}/events/{eventId}")
                        .on(GET, one::get)
                        .route())
                .and(Resource.at(INSTANCES + "/{id}/events/{eventId}/attempts")
                        .on(GET, one::attempts)
                        .route());
    }
}
