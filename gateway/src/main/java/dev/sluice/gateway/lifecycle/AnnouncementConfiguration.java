package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.console.session.SignInLink;
import dev.sluice.gateway.lifecycle.storage.Credentials;
import dev.sluice.gateway.lifecycle.storage.StorageSettings;
import dev.sluice.persistence.connection.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The first words to whoever started the gateway. */
@Configuration(proxyBeanMethods = false)
class AnnouncementConfiguration {

    @Bean
    Announcement announcement(
            StorageSettings settings, Database database, Credentials credentials, SignInLink signInLink) {
        return new Announcement(settings, database.address(), credentials, signInLink, System.out);
    }
}
