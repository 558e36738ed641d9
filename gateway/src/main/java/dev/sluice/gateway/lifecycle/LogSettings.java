package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the logs are kept.
 *
 * @param dedupe how repeats are known
 * @param log how it is written
 */
@ConfigurationProperties("sluice")
record LogSettings(
        @DefaultValue Dedupe dedupe, @DefaultValue Log log) {

    /** @param window how far back a repeat is known, in whole days */
    record Dedupe(@DefaultValue("3d") Duration window) {}

    /** @param writers connections that commit groups of events side by side, at least 1 */
    record Log(@DefaultValue("2") int writers) {}
}
