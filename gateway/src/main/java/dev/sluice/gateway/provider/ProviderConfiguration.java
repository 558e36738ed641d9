package dev.sluice.gateway.provider;

import dev.sluice.gateway.delivery.egress.AddressGuard;
import dev.sluice.normalizers.Elements;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Providers, and the client that reaches them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderSettings.class)
class ProviderConfiguration {

    @Bean
    Providers providers(Elements elements, ProviderSettings settings) {
        return new Providers(elements, settings);
    }

    @Bean
    ProviderClient providerClient(ProviderSettings settings) {
        return new ProviderClient(new NamedOrigins(settings), new AddressGuard(List.of()));
    }
}
