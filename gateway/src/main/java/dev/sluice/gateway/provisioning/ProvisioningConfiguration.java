package dev.sluice.gateway.provisioning;

import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.secret.SecretCipher;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Instances: where they are kept, and the API to them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProvisioningSettings.class)
class ProvisioningConfiguration {

    @Bean
    Elements elements() {
        return Elements.all();
    }

    @Bean
    InstanceRepository instanceRepository(Database database, SecretCipher cipher) {
        return new InstanceRepository(database, cipher);
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
    RouterFunction<ServerResponse> instanceRoutes(
            InstanceRepository instances, AccountRepository accounts, Elements elements, WebhookAddress addresses) {
        return InstanceRoutes.of(new InstanceHandler(
                instances, new RequestedElement(elements), new InstanceAnswer(accounts, elements, addresses)));
    }
}
