package dev.sluice.gateway.retention;

import dev.sluice.gateway.delivery.Expiry;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.endpoint.EndpointHistory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What retention needs, and when it works. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

    @Bean
    Loops retentionWork(Database database, Expiry expiry, RetentionSettings settings) {
        Retention retention = new Retention(
                expiry,
                new Partitions(database),
                new EndpointHistory(database),
                settings.events(),
                settings.attempts());
        return RepeatedWork.loop("Retention", retention.due(), Retention::next, 1);
    }
}
