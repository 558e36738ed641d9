package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.lifecycle.storage.Credentials;
import dev.sluice.gateway.lifecycle.storage.StorageSettings;
import dev.sluice.persistence.connection.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The first words to whoever started the gateway. */
@Configuration(proxyBeanMethods = false)
class AnnouncementConfiguration {

    @Bean
    Announcement announcement(StorageSettings settings, Database database, Credentials credentials) {
        return new Announcement(settings, database.address(), credentials, System.out);
    }
}
