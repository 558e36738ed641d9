package dev.sluice.gateway.account;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What callers of the API may do.
 *
 * @param requestsPerSecond of one organization to one node, on average; 1 or more
 * @param burst how many of them may come at once; 1 or more
 * @param allowedOrigins the pages whose scripts may call; {@code *} for any. No request is allowed for its origin: each
 *     has to show its secrets
 */
@ConfigurationProperties("sluice.api")
record ApiSettings(
        @DefaultValue("200") int requestsPerSecond,
        @DefaultValue("400") int burst,
        @DefaultValue("*") List<String> allowedOrigins) {
    ApiSettings {
        requireAtLeastOne("requests-per-second", requestsPerSecond);
        requireAtLeastOne("burst", burst);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("sluice.api." + name + ": " + value + " (expected: at least 1)");
        }
    }
}
