package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.oauth.Access;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.ServerTime;
import dev.sluice.persistence.connection.Transactions;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.token.LeavingRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Instances: where they are kept, and what changes them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProvisioningSettings.class)
class ProvisioningConfiguration {

    @Bean
    InstanceRepository instanceRepository(Database database, SecretCipher cipher, Elements elements) {
        return new InstanceRepository(database, cipher, new SharedUrlOwners(elements));
    }

    @Bean
    EndpointRepository endpointRepository(Database database) {
        return new EndpointRepository(database);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    InstanceCache instanceCache(Database database, InstanceRepository instances) {
        return new InstanceCache(database, instances);
    }

    @Bean
    WebhookAddress webhookAddress(ProvisioningSettings settings) {
        return new WebhookAddress(settings.publicUrl());
    }

    @Bean
    Provisioner provisioner(
            InstanceRepository instances,
            Elements elements,
            Access access,
            Registrations registrations,
            LeavingRepository leavings,
            Database database) {
        return new Provisioner(instances, elements, access, registrations, leavings, new Transactions(database));
    }

    @Bean
    SignatureKeys signatureKeys(InstanceRepository instances, Elements elements, Database database) {
        return new SignatureKeys(instances, elements, new ServerTime(database));
    }
}
