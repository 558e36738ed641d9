package dev.sluice.gateway.lifecycle;

import dev.sluice.persistence.connection.Database;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database, for all who need it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class StorageConfiguration {

    @Bean
    Storage storage(StorageSettings settings) {
        return Storage.open(settings);
    }

    @Bean
    Database database(Storage storage, StorageSettings settings) {
        return new Database(storage.address(), settings.databasePoolSize());
    }

    @Bean
    ReactiveHealthIndicator databaseHealthIndicator(Database database) {
        return new DatabaseHealth(database);
    }
}
