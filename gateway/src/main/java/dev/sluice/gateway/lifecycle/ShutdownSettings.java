package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a stop goes.
 *
 * @param keepAccepting how long requests are still taken after this node has said that it is not ready: until every
 *     balancer has asked and sends nothing more
 * @param within the longest a stop takes; what is not done by then is left to the other nodes
 */
@ConfigurationProperties("sluice.shutdown")
record ShutdownSettings(
        @DefaultValue("0s") Duration keepAccepting,
        @DefaultValue("24s") Duration within) {}
