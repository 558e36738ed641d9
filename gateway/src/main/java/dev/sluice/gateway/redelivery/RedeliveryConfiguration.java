package dev.sluice.gateway.redelivery;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.events.RequestedEvent;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import dev.sluice.persistence.redelivery.RedeliveryScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The redelivery routes, and the work on jobs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedeliverySettings.class)
class RedeliveryConfiguration {
    private static final String INSTANCE = "/elements/api-v2/instances/{id}";

    @Bean
    Redeliverer redeliverer(OutcomeLog outcomes) {
        return new Redeliverer(outcomes);
    }

    @Bean
    Loops redeliveryWork(
            Database database, InstanceRepository instances, Redeliverer redeliverer, RedeliverySettings settings) {
        JobWork work = new JobWork(
                new RedeliveryJobRepository(database),
                new RedeliveryScan(database),
                instances,
                redeliverer,
                settings.eventsPerSecond());
        return RepeatedWork.loop("Redelivery", work.claimed(), work::goOn, work.atOnce());
    }

    /** Before the events' own: the word after {@code events} is no event's id here. */
    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> redeliveryRoutes(
            Database database, RequestedEvent requested, Redeliverer redeliverer) {
        RedeliveryHandler handler = new RedeliveryHandler(
                requested, new EventRepository(database), new RedeliveryJobRepository(database), redeliverer);
        return Resource.at(INSTANCE + "/events/redeliver")
                .on(POST, handler::range)
                .route()
                .and(Resource.at(INSTANCE + "/events/{eventId}/redeliver")
                        .on(POST, handler::one)
                        .route())
                .and(Resource.at(INSTANCE + "/redeliveries")
                        .on(GET, handler::list)
                        .route())
                .and(Resource.at(INSTANCE + "/redeliveries/{jobId}")
                        .on(GET, handler::get)
                        .on(DELETE, handler::cancel)
                        .route());
    }
}
