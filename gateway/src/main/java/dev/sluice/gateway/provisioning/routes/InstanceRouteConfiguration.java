package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.SignatureKeys;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The API to instances. */
@Configuration(proxyBeanMethods = false)
class InstanceRouteConfiguration {

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
            SignatureKeys keys) {
        RequestedElement requestedElement = new RequestedElement(elements);
        RequestedInstance requested = new RequestedInstance(instances, requestedElement);
        return InstanceRoutes.of(
                new InstanceHandler(instances, provisioner, requestedElement, requested, answer, keys),
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
