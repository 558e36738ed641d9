package dev.sluice.gateway.telemetry;

import dev.sluice.gateway.lifecycle.LifecyclePhases;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.persistence.backlog.BacklogRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.eventlog.EventLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Registers the meters. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetrySettings.class)
class TelemetryConfiguration {

    @Bean
    BacklogWatch backlogWatch(Database database, TelemetrySettings settings) {
        return new BacklogWatch(new BacklogRepository(database), settings.backlogEvery());
    }

    @Bean
    Loops backlogLoop(BacklogWatch watch) {
        return new Loops(LifecyclePhases.DELIVERY, List.of(watch.run()), Mono.empty());
    }

    @Bean
    PartitionsHealth partitionsHealthIndicator(BacklogWatch watch) {
        return new PartitionsHealth(watch);
    }

    @Bean
    MeterBinder backlogMeters(BacklogWatch watch) {
        return registry -> BacklogMeters.register(registry, watch);
    }

    @Bean
    MeterBinder commitMeters(EventLog events, OutcomeLog outcomes) {
        return registry -> {
            events.onCommit(new CommitMeters(registry, "events"));
            outcomes.onCommit(new CommitMeters(registry, "outcomes"));
            waiting(registry, "events", events, EventLog::waiting);
            waiting(registry, "outcomes", outcomes, OutcomeLog::waiting);
            Gauge.builder("sluice.commit.held", outcomes, OutcomeLog::heldBytes)
                    .description("Memory of those that are not committed yet")
                    .baseUnit(BaseUnits.BYTES)
                    .tag("log", "outcomes")
                    .register(registry);
        };
    }

    private static <T> void waiting(MeterRegistry registry, String name, T log, ToDoubleFunction<T> waiting) {
        Gauge.builder("sluice.commit.waiting", log, waiting)
                .description("Who waits for the next group")
                .tag("log", name)
                .register(registry);
    }
}
