package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

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
    RouterFunction<ServerResponse> ingestRoutes(
            Elements elements,
            InstanceCache instances,
            InstanceRepository repository,
            EventLog log,
            Node node,
            ByteBudget budget,
            IngestSettings settings,
            MeterRegistry meters) {
        Ingest ingest = new Ingest(
                elements,
                instances,
                repository,
                new Arrivals(settings, node.clock()),
                budget,
                log,
                settings.requireSignature());
        return IngestRoutes.table(new IngestHandler(ingest, new IngestMeters(meters, elements.keys(), budget)));
    }
}
