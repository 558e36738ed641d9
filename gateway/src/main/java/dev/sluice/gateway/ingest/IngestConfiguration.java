package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {
    /** The part of the heap that webhooks on their way to the log may hold. */
    private static final int HEAP_PART = 4;

    @Bean
    ByteBudget ingestBudget() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / HEAP_PART);
    }

    @Bean
    HttpHandlerDecoratorFactory webhooksFirst(
            Elements elements,
            InstanceCache instances,
            InstanceRepository repository,
            EventLog log,
            Node node,
            ByteBudget budget,
            IngestSettings settings,
            MeterRegistry meters,
            ErrorResponses errors) {
        Ingest ingest = new Ingest(
                elements,
                instances,
                repository,
                new Arrivals(settings, node.clock()),
                budget,
                log,
                settings.requireSignature());
        return new ShortWay(RouterFunctions.toHttpHandler(
                IngestRoutes.table(new IngestHandler(ingest, new IngestMeters(meters, elements.keys(), budget))),
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
