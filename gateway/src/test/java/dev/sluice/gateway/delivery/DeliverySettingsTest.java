package dev.sluice.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliverySettingsTest {
    @Test
    void hasDefaults() {
        DeliverySettings settings = bind(Map.of());

        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.retry().schedule()).isEqualTo("8s,64s,512s,4096s,32768s");
        assertThat(settings.allowedNetworks()).isEmpty();
        assertThat(settings.memoryBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 8);
    }

    @Test
    void readsListsAndSizes() {
        DeliverySettings settings = bind(Map.of(
                "sluice.delivery.allowed-networks", "127.0.0.0/8,::1/128",
                "sluice.delivery.memory", "10MB"));

        assertThat(settings.allowedNetworks()).containsExactly("127.0.0.0/8", "::1/128");
        assertThat(settings.memoryBytes()).isEqualTo(10L * 1_024 * 1_024);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,0s",
        "timeout,1h",
        "connect-timeout,0s",
        "breaker-open,0s",
        "connections,0",
        "concurrency,0",
        "waiting,-1"
    })
    void refusesWhatMakesNoSense(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("sluice.delivery." + name, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("sluice.delivery.%s", name)
                .hasMessageContaining("expected: ");
    }

    private static DeliverySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("sluice.delivery", DeliverySettings.class);
    }
}
