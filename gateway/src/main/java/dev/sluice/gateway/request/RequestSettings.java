package dev.sluice.gateway.request;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests reach us.
 *
 * @param trustedProxies networks of proxies whose {@code X-Forwarded-Proto}, {@code -Host} and {@code -Prefix} count
 */
@ConfigurationProperties("sluice")
record RequestSettings(@DefaultValue List<String> trustedProxies) {
    RequestSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
