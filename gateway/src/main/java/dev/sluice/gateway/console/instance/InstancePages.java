package dev.sluice.gateway.console.instance;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.SignatureKeys;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.search.EventSearch;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The pages about instances, as a table for each concern. */
@Configuration(proxyBeanMethods = false)
class InstancePages {
    private static final String ALL = "/console/instances";
    private static final String ONE = ALL + "/{id}";

    @Bean
    Found consoleFound(InstanceRepository instances, Elements elements) {
        return new Found(instances, elements);
    }

    @Bean
    RouterFunction<ServerResponse> consoleForms(
            Found found, Provisioner provisioner, WebhookAddress addresses, Pages pages, Guard guard) {
        FormHandler handler = new FormHandler(found, provisioner, addresses, pages);
        return Resource.at("/console/elements/{key}/create")
                .on(GET, handler::blank)
                .on(POST, handler::create)
                .route()
                .and(Resource.at(ONE + "/edit")
                        .on(GET, handler::edit)
                        .on(POST, handler::update)
                        .route())
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleInstances(
            Found found,
            InstanceRepository instances,
            Provisioner provisioner,
            Registrations registrations,
            WebhookAddress addresses,
            Pages pages,
            Guard guard) {
        InstanceHandler handler = new InstanceHandler(found, instances, provisioner, registrations, addresses, pages);
        return Resource.at(ONE)
                .on(GET, handler::show)
                .route()
                .and(Resource.at(ONE + "/enable").on(POST, handler::enable).route())
                .and(Resource.at(ONE + "/disable").on(POST, handler::disable).route())
                .and(Resource.at(ONE + "/delete")
                        .on(GET, handler::confirm)
                        .on(POST, handler::delete)
                        .route())
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleInstanceList(
            InstanceRepository instances, Elements elements, Found found, Pages pages, Guard guard) {
        ListHandler handler = new ListHandler(instances, elements, found, pages);
        return Resource.at(ALL).on(GET, handler::list).route().filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleArrivals(Found found, Database database, Pages pages, Guard guard) {
        ArrivalHandler handler = new ArrivalHandler(found, new EventSearch(database), pages);
        return Resource.at(ONE + "/arrival").on(GET, handler::look).route().filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleConnections(
            Found found,
            InstanceRepository instances,
            Provisioner provisioner,
            Providers providers,
            WebhookAddress addresses,
            Pages pages,
            Guard guard) {
        ConnectHandler handler = new ConnectHandler(found, instances, provisioner, providers, addresses, pages);
        return Resource.at(ONE + "/connect")
                .on(GET, handler::connect)
                .route()
                .and(Resource.at(ConnectHandler.RETURN)
                        .on(GET, handler::comeBack)
                        .route())
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleKeys(Found found, SignatureKeys keys, Pages pages, Guard guard) {
        KeyHandler handler = new KeyHandler(found, keys, pages);
        return Resource.at(ONE + "/signature-key")
                .on(GET, handler::form)
                .on(POST, handler::replace)
                .route()
                .filter(guard);
    }

    @Bean
    RouterFunction<ServerResponse> consoleTries(
            Found found, Environment environment, Clock clock, Pages pages, Guard guard) {
        TryHandler handler = new TryHandler(found, new SampleSender(environment), clock, pages);
        return Resource.at(ONE + "/try")
                .on(GET, handler::form)
                .on(POST, handler::send)
                .route()
                .filter(guard);
    }
}
