package dev.sluice.gateway.console.redelivery;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.console.event.EventLists;
import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.error.Resource;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import dev.sluice.persistence.search.RollupRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The pages about sending many events again. */
@Configuration(proxyBeanMethods = false)
class RedeliveryPages {
    private static final String JOBS = "/console/instances/{id}/redeliveries";

    /** Before the pages of one event, whose id could be any word. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> consoleOrders(
            EventLists lists, Database database, InstanceRepository instances, Clock clock, Pages pages, Guard guard) {
        OrderHandler handler = new OrderHandler(
                instances,
                lists,
                new Estimate(new RollupRepository(database)),
                new RedeliveryJobRepository(database),
                pages,
                clock);
        return Resource.at("/console/events/redeliver")
                .on(GET, handler::confirm)
                .on(POST, handler::order)
                .route()
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleRedeliveries(
            Database database, InstanceRepository instances, Pages pages, Guard guard) {
        JobHandler handler = new JobHandler(instances, new RedeliveryJobRepository(database), pages);
        return Resource.at(JOBS)
                .on(GET, handler::list)
                .route()
                .and(Resource.at(JOBS + "/{jobId}").on(GET, handler::show).route())
                .and(Resource.at(JOBS + "/{jobId}/progress")
                        .on(GET, handler::progress)
                        .route())
                .and(Resource.at(JOBS + "/{jobId}/cancel")
                        .on(POST, handler::cancel)
                        .route())
                .filter(guard);
    }
}
