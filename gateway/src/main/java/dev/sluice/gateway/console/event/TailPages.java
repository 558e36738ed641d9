package dev.sluice.gateway.console.event;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.lifecycle.Shutdown;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.search.RollupRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The live list. */
@Configuration(proxyBeanMethods = false)
class TailPages {

    @Bean
    Viewers viewers(EventLists lists, Database database, Node node, Pages pages, Shutdown shutdown) {
        Tail tail = new Tail(lists, new RollupRepository(database), node.clock()::now, pages);
        return new Viewers(tail::of, shutdown.begun());
    }

    /** Before the page of one event, whose id could be any word. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> consoleTail(Viewers viewers, Guard guard) {
        return Resource.at("/console/events/tail")
                .on(GET, new TailHandler(viewers)::follow)
                .route()
                .filter(guard);
    }
}
