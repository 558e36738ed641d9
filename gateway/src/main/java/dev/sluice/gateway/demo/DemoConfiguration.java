package dev.sluice.gateway.demo;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The demo callback, in the local start only. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("sluice.local-start")
class DemoConfiguration {

    @Bean
    RouterFunction<ServerResponse> demoRoutes(Clock clock) {
        DemoHandler handler = new DemoHandler(clock, System.out);
        return route().POST(DemoKeys.CALLBACK_PATH, handler::receive)
                .GET(DemoKeys.CALLBACK_PATH, handler::list)
                .build();
    }
}
