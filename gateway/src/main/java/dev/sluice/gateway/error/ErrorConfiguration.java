package dev.sluice.gateway.error;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One place for errors. */
@Configuration(proxyBeanMethods = false)
class ErrorConfiguration {

    @Bean
    ErrorResponses errorResponses() {
        return new ErrorResponses();
    }

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    DroppedErrors droppedErrors() {
        return new DroppedErrors();
    }
}
