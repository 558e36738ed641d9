package dev.sluice.gateway.console.overview;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.invariant.InvariantWatch;
import dev.sluice.persistence.backlog.OwnBacklogRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.endpoint.EndpointList;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.figures.FigureRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.search.RollupRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The first page, and its part that is asked for again. */
@Configuration(proxyBeanMethods = false)
class OverviewPages {

    @Bean
    RouterFunction<ServerResponse> consoleOverview(
            Database database,
            Node node,
            InvariantWatch invariants,
            InstanceRepository instances,
            Pages pages,
            Guard guard) {
        OverviewFigures figures = new OverviewFigures(
                new RollupRepository(database),
                new FigureRepository(database),
                new OwnBacklogRepository(database),
                new EndpointList(database),
                invariants,
                node.clock()::now);
        OverviewHandler handler = new OverviewHandler(figures, instances, pages);
        return Resource.at("/console")
                .on(GET, handler::show)
                .route()
                .and(Resource.at("/console/overview/figures")
                        .on(GET, handler::figures)
                        .route())
                .filter(guard);
    }
}
