package dev.sluice.gateway.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import reactor.core.publisher.Mono;

/**
 * The first steps of a stop, before those of {@link LifecyclePhases}: readiness is refused, requests are still taken for a
 * while, then the server takes no more and answers those it has.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShutdownSettings.class)
class ShutdownConfiguration {
    /** For requests under way; who sends so slowly is answered by nobody and sends again. */
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(8);

    private static final Duration PHASE_MAX = Duration.ofSeconds(20);

    @Bean
    Shutdown shutdown(ShutdownSettings settings) {
        return new Shutdown(settings.within(), System::nanoTime);
    }

    /** Around all that answers, webhooks included: the last decorator is the outermost. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    HttpHandlerDecoratorFactory lastAnswers(Shutdown shutdown) {
        return new LastAnswers(shutdown);
    }

    /** Ends before the server's own end begins: phases end from the highest to the lowest. */
    @Bean
    Stage keepAcceptingStage(ShutdownSettings settings) {
        return new Stage(
                SmartLifecycle.DEFAULT_PHASE,
                () -> {},
                () -> Mono.delay(settings.keepAccepting()).block());
    }

    @Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
    static DefaultLifecycleProcessor lifecycleProcessor() {
        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(PHASE_MAX.toMillis());
        processor.setTimeoutForShutdownPhase(
                WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE, LAST_REQUESTS.toMillis());
        return processor;
    }
}
