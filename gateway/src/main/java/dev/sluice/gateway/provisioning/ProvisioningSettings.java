package dev.sluice.gateway.provisioning;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outside calls us.
 *
 * @param publicUrl scheme, host and where needed port and path prefix; empty to take what each request used
 */
@ConfigurationProperties("sluice")
record ProvisioningSettings(@DefaultValue("") String publicUrl) {}
