package dev.sluice.gateway.redelivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast jobs go.
 *
 * @param eventsPerSecond the most events of one job, 1 to 2,000
 */
@ConfigurationProperties("sluice.redelivery")
record RedeliverySettings(@DefaultValue("100") int eventsPerSecond) {
    private static final int MAX = 2_000;

    RedeliverySettings {
        if (eventsPerSecond < 1 || eventsPerSecond > MAX) {
            throw new IllegalArgumentException(
                    "sluice.redelivery.events-per-second: " + eventsPerSecond + " (expected: 1.." + MAX + ")");
        }
    }
}
