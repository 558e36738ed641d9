package dev.sluice.gateway.tracing;

import dev.sluice.gateway.lifecycle.Shutdown;
import dev.sluice.gateway.lifecycle.storage.NodeIdentity;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Decides whether anybody is told. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
class TracingConfiguration {
    /** A collector that is away must not hold up the stop. */
    private static final Duration LAST_SPANS = Duration.ofSeconds(2);

    /** Closed after the last attempt of all: who uses it is closed before it. */
    @Bean
    Traces traces(TracingSettings settings, NodeIdentity node, Shutdown shutdown) {
        return settings.otlpEndpoint().isEmpty()
                ? new NoTraces()
                : new OtlpTraces(settings, node.value(), () -> shutdown.atMost(LAST_SPANS, Duration.ZERO));
    }
}
