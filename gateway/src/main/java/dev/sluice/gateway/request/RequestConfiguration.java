package dev.sluice.gateway.request;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** What happens to every request of the API before it is routed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestSettings.class)
class RequestConfiguration {

    @Bean
    AcceptedAnswers acceptedAnswers() {
        return new AcceptedAnswers();
    }

    @Bean(WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME)
    ForwardedHeaderTransformer trustedForwarding(RequestSettings settings) {
        return new TrustedForwarding(settings.trustedProxies());
    }
}
