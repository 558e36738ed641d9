package dev.sluice.gateway.tracing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and how webhooks are traced.
 *
 * @param otlpEndpoint where a collector takes spans by OTLP over HTTP; empty for no traces
 * @param sampledShare the part of the traces that begin here that is told, 0 to 1; others have their sender's decision
 */
@ConfigurationProperties("sluice.tracing")
record TracingSettings(
        @DefaultValue("") String otlpEndpoint,
        @DefaultValue("1.0") double sampledShare) {
    TracingSettings {
        otlpEndpoint = otlpEndpoint.strip();
        if (!otlpEndpoint.isEmpty() && !otlpEndpoint.matches("https?://[^/?#@\\s]+(/\\S*)?")) {
            throw new IllegalArgumentException("sluice.tracing.otlp-endpoint: " + otlpEndpoint
                    + " (expected: a URL as http://collector:4318/v1/traces)");
        }
        if (!(sampledShare >= 0 && sampledShare <= 1)) {
            throw new IllegalArgumentException("sluice.tracing.sampled-share: " + sampledShare + " (expected: 0..1)");
        }
    }
}
