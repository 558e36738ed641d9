package dev.sluice.gateway.ingest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is taken in.
 *
 * @param maxBody the largest body, at most 1 GB; a larger one is refused with 413
 * @param bodyTimeout how long a body may take to arrive
 * @param requireSignature whether a webhook is refused when its instance has no key to verify it with
 */
@ConfigurationProperties("sluice.ingest")
record IngestSettings(
        @DefaultValue("25MB") DataSize maxBody,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("false") boolean requireSignature) {}
