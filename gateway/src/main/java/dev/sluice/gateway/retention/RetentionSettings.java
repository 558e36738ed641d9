package dev.sluice.gateway.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long rows stay, at least; days go as a whole.
 *
 * @param events the event log, what lists are searched by, and what is owed
 * @param attempts the attempt log
 */
@ConfigurationProperties("sluice.retention")
record RetentionSettings(
        @DefaultValue("7d") Duration events,
        @DefaultValue("7d") Duration attempts) {}
