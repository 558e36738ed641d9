package dev.sluice.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

final class TrustedForwardingTest {
    private final TrustedForwarding forwarding = new TrustedForwarding(List.of("10.1.0.0/16", " fd00::/8 ", ""));

    @Test
    void takesTheAddressThatATrustedProxyWasCalledBy() {
        for (String proxy : List.of("10.1.2.3", "fd00::7")) {
            ServerHttpRequest request = forwarding.apply(request(proxy));

            assertThat(request.getURI()).hasToString("https://hooks.example.com/sluice/elements/api-v2/instances");
            assertThat(request.getPath().contextPath().value()).isEqualTo("/sluice");
        }
    }

    @Test
    void believesNobodyElse() {
        for (String stranger : List.of("10.2.2.3", "127.0.0.1", "fe80::7")) {
            assertThat(forwarding.apply(request(stranger)).getURI())
                    .hasToString("http://gateway:8080/elements/api-v2/instances");
        }
        assertThat(new TrustedForwarding(List.of()).apply(request("10.1.2.3")).getURI())
                .hasToString("http://gateway:8080/elements/api-v2/instances");
    }

    @Test
    void refusesWhatIsNoNetwork() {
        assertThatThrownBy(() -> new TrustedForwarding(List.of("proxy.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy.example.com");
    }

    private static ServerHttpRequest request(String from) {
        return MockServerHttpRequest.get("http://gateway:8080/elements/api-v2/instances")
                .remoteAddress(new InetSocketAddress(from, 4711))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "hooks.example.com")
                .header("X-Forwarded-Prefix", "/sluice")
                .build();
    }
}
