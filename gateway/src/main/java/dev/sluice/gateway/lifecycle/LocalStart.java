package dev.sluice.gateway.lifecycle;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The local start: embedded database and no other profile. It says so in {@code sluice.local-start}, and presets what the
 * first five minutes need; whatever is set anywhere else, also to nothing, goes before that.
 */
final class LocalStart implements EnvironmentPostProcessor, Ordered {
    /** True in the local start, false otherwise; cannot be set from outside. */
    static final String PROPERTY = "sluice.local-start";

    private static final Map<String, Object> PRESETS =
            Map.of("sluice.delivery.allowed-networks", "127.0.0.0/8,::1/128");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean local = environment.getProperty("sluice.database-url", "").isBlank()
                && environment.getActiveProfiles().length == 0;
        environment.getPropertySources().addFirst(new MapPropertySource("localStart", Map.of(PROPERTY, local)));
        if (local) {
            environment.getPropertySources().addLast(new MapPropertySource("localStartPresets", PRESETS));
        }
    }

    /** After the configuration files were read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
