package dev.sluice.gateway.documentation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The document and its page. */
@Configuration(proxyBeanMethods = false)
class DocumentationConfiguration {

    @Bean
    RouterFunction<ServerResponse> documentationRoutes() {
        return DocumentationRoutes.table();
    }
}
