package dev.sluice.gateway.lifecycle;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    // This is the bean that the check asks for.
    @SuppressWarnings("TimeZoneUsage")
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
