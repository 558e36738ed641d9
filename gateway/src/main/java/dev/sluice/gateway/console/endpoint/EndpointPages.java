package dev.sluice.gateway.console.endpoint;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.endpoint.EndpointSwitch;
import dev.sluice.gateway.error.Resource;
import dev.sluice.persistence.backlog.OwnBacklogRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.endpoint.EndpointList;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.figures.FigureRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The pages about endpoints. */
@Configuration(proxyBeanMethods = false)
class EndpointPages {
    private static final String ALL = "/console/endpoints";
    private static final String ONE = ALL + "/{endpointId}";

    @Bean
    RouterFunction<ServerResponse> consoleEndpoints(
            Database database,
            Node node,
            EndpointSwitch switches,
            InstanceRepository instances,
            Pages pages,
            Guard guard) {
        EndpointCards cards = new EndpointCards(
                new FigureRepository(database), new OwnBacklogRepository(database), node.clock()::now);
        EndpointsHandler handler = new EndpointsHandler(new EndpointList(database), cards, switches, instances, pages);
        return Resource.at(ALL)
                .on(GET, handler::list)
                .route()
                .and(Resource.at("/console/instances/{id}/endpoints")
                        .on(GET, handler::ofInstance)
                        .route())
                .and(Resource.at(ONE + "/deactivate")
                        .on(POST, handler::deactivate)
                        .route())
                .and(Resource.at(ONE + "/reactivate")
                        .on(POST, handler::reactivate)
                        .route())
                .and(Resource.at(ONE + "/drain").on(POST, handler::drain).route())
                .filter(guard);
    }
}
