package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.gateway.lifecycle.LifecyclePhases;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DurabilityCheck;
import dev.sluice.persistence.instance.SealedInstances;
import dev.sluice.persistence.notice.SealedNoticeKeys;
import dev.sluice.persistence.secret.Resealing;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.token.SealedTokens;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The database and what goes with it, for all who need them: once injected, it is reachable, durable and migrated. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class StorageConfiguration {

    /** Opened already by {@link EarlyStorage} where the application was started as such. */
    @Bean
    OpenStorage openStorage(StorageSettings settings, ObjectProvider<EarlyStorage> early) {
        EarlyStorage opening = early.getIfAvailable();
        return opening == null ? OpenStorage.open(settings) : opening.await();
    }

    @Bean
    NodeIdentity nodeIdentity(OpenStorage storage) {
        return storage.node();
    }

    @Bean(destroyMethod = "")
    Database database(OpenStorage storage) {
        return storage.database();
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(Database database) {
        return new DatabaseHealth(new DurabilityCheck(database));
    }

    @Bean
    MeterBinder databaseMeters(DatabaseHealth health) {
        return health::register;
    }

    @Bean
    Loops databaseAsked(DatabaseHealth health) {
        return new Loops(LifecyclePhases.DELIVERY, List.of(health.keepAsking()), Mono.empty());
    }

    /** The storage goes first: it holds the directory that a keyset is made in. */
    @Bean
    SecretCipher secretCipher(OpenStorage storage, StorageSettings settings) {
        return settings.givenKeysetFile()
                .map(SecretCipher::read)
                .orElseGet(() -> SecretCipher.readOrGenerate(new DataDirectory(settings.dataDir()).keysetFile()));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeysetWatch keysetWatch(Database database, SecretCipher cipher) {
        return new KeysetWatch(
                cipher,
                new Resealing(
                        database,
                        cipher,
                        List.of(SealedInstances.COLUMN, SealedTokens.COLUMN, SealedNoticeKeys.COLUMN)));
    }

    @Bean
    Credentials credentials(Database database, StorageSettings settings) {
        return Credentials.establish(database, settings);
    }
}
