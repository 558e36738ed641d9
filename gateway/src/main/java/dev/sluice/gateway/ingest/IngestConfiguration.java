package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.tracing.Traces;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.owner.OwnerRepository;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {
    /** The part of the heap that webhooks on their way to the log may hold. */
    private static final int HEAP_PART = 4;

    @Bean
    ByteBudget ingestBudget(OutcomeLog outcomes) {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / HEAP_PART, outcomes::hasRoom);
    }

    @Bean
    OwnerRepository ownerRepository(Database database) {
        return new OwnerRepository(database);
    }

    @Bean
    Arrivals arrivals(IngestSettings settings, Node node) {
        return new Arrivals(settings, node.clock());
    }

    @Bean
    Keeper keeper(EventLog log, InstanceRepository instances, Node node, Traces traces) {
        return new Keeper(log, instances, node.clock(), traces);
    }

    @Bean
    Ingest ingest(
            Elements elements,
            InstanceCache instances,
            Arrivals arrivals,
            ByteBudget budget,
            Keeper keeper,
            IngestSettings settings) {
        return new Ingest(elements, instances, arrivals, budget, keeper, settings.requireSignature());
    }

    @Bean
    SharedIngest sharedIngest(
            Elements elements,
            Addressees addressees,
            Arrivals arrivals,
            ByteBudget budget,
            Keeper keeper,
            IngestSettings settings) {
        return new SharedIngest(elements, addressees, arrivals, budget, keeper, settings.requireSignature());
    }

    @Bean
    Addressees addressees(OwnerRepository owners, InstanceCache instances) {
        return new Addressees(owners, instances);
    }

    @Bean
    IngestMeters ingestMeters(MeterRegistry registry, Elements elements, ByteBudget budget) {
        return new IngestMeters(registry, elements.keys(), budget);
    }

    /** A bean like all other routes, for those who walk them; requests take the short way to it. */
    @Bean
    RouterFunction<ServerResponse> webhookRoutes(Ingest ingest, SharedIngest shared, IngestMeters meters) {
        return IngestRoutes.table(new IngestHandler(ingest, shared, meters));
    }

    /** What decorates all answers comes around it, and so after it. */
    @Bean
    @Order(0)
    HttpHandlerDecoratorFactory webhooksFirst(
            @Qualifier("webhookRoutes") RouterFunction<ServerResponse> webhookRoutes, ErrorResponses errors) {
        return new ShortWay(RouterFunctions.toHttpHandler(
                webhookRoutes,
                HandlerStrategies.empty()
                        .codecs(codecs -> codecs.registerDefaults(true))
                        .exceptionHandler(errors)
                        .build()));
    }

    /** The server's own timer for it is one on the event loop, which costs next to nothing. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> requestTimeout(IngestSettings settings) {
        return factory -> factory.addServerCustomizers(server -> server.requestTimeout(settings.bodyTimeout()));
    }
}
