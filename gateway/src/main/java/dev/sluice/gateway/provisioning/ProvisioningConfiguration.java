package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.oauth.Access;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.account.AccountRepository;
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
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Instances: where they are kept, and the API to them. */
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
    InstanceAnswer instanceAnswer(
            AccountRepository accounts, Registrations registrations, Elements elements, WebhookAddress addresses) {
        return new InstanceAnswer(accounts, registrations, elements, addresses);
    }

    @Bean
    RouterFunction<ServerResponse> instanceRoutes(
            InstanceRepository instances,
            Provisioner provisioner,
            Elements elements,
            InstanceAnswer answer,
            Database database) {
        RequestedElement requestedElement = new RequestedElement(elements);
        RequestedInstance requested = new RequestedInstance(instances, requestedElement);
        return InstanceRoutes.of(
                new InstanceHandler(
                        instances, provisioner, requestedElement, requested, answer, new ServerTime(database)),
                new SettingHandler(provisioner, requestedElement, requested, answer));
    }

    @Bean
    RouterFunction<ServerResponse> oauthRoutes(Elements elements, Providers providers) {
        OAuthUrlHandler handler = new OAuthUrlHandler(new RequestedElement(elements), providers);
        return Resource.at(OAuthUrlHandler.PATH)
                .on(HttpMethod.GET, handler::byQuery)
                .on(HttpMethod.POST, handler::byBody)
                .route();
    }
}
