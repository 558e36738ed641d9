package dev.sluice.gateway.planted;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Puts a {@link Tap} on every connection to a gateway that a test starts, in this process or with tests on its class path. */
public final class Wiretap
        implements ApplicationContextInitializer<ConfigurableApplicationContext>,
                WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (Said.directory().isPresent()) {
            context.getBeanFactory().registerSingleton("wiretap", this);
        }
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        // First in the line is next to the wire.
        factory.addServerCustomizers(server -> server.doOnChannelInit(
                (observer, channel, remote) -> channel.pipeline().addFirst(new Tap())));
    }
}
