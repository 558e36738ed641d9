package dev.sluice.gateway.error.connection;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has every connection watched. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    /** On the port of webhooks and the API. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> brokenRequests() {
        return factory -> factory.addServerCustomizers(
                server -> server.doOnChannelInit((observer, connection, sender) -> BrokenRequests.watch(connection)));
    }
}
