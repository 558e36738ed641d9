package dev.sluice.gateway.console.event;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.redelivery.Redeliverer;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.notification.PendingRepository;
import dev.sluice.persistence.search.EventSearch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The pages about events. */
@Configuration(proxyBeanMethods = false)
class EventPages {
    private static final String ALL = "/console/events";
    private static final String ONE = ALL + "/{eventId}";

    @Bean
    EventLists eventLists(Database database, InstanceCache instances) {
        return new EventLists(new EventSearch(database), new EventRepository(database), instances);
    }

    /** Before those of one event, whose id could be any word. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> consoleEvents(EventLists lists, Elements elements, Pages pages, Guard guard) {
        ListHandler handler = new ListHandler(lists, elements, pages);
        return Resource.at(ALL)
                .on(GET, handler::list)
                .route()
                .and(Resource.at(ALL + ".csv")
                        .on(GET, new CsvHandler(lists)::export)
                        .route())
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleEvent(
            Database database,
            InstanceRepository instances,
            Elements elements,
            Redeliverer redeliverer,
            Pages pages,
            Guard guard) {
        EventPage page = new EventPage(
                new EventSearch(database),
                new AttemptRepository(database),
                new PendingRepository(database),
                new Contents(elements));
        EventHandler handler = new EventHandler(instances, new EventRepository(database), page, redeliverer, pages);
        return Resource.at(ONE)
                .on(GET, handler::show)
                .route()
                .and(Resource.at(ONE + "/timeline").on(GET, handler::timeline).route())
                .and(Resource.at(ONE + "/redeliver")
                        .on(POST, handler::redeliver)
                        .route())
                .filter(guard);
    }
}
