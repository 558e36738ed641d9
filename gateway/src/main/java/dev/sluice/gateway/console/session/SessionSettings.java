package dev.sluice.gateway.console.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long one stays signed in to the console.
 *
 * @param idle without asking for anything
 * @param longest in all
 */
@ConfigurationProperties("sluice.console.session")
record SessionSettings(
        @DefaultValue("8h") Duration idle,
        @DefaultValue("7d") Duration longest) {}
